// Emoji by Slack's names, and the sheet to pick one from.

import { fill, h } from "../kit/dom.js";
import { popUp } from "../kit/menu.js";
import { t } from "../kit/words.js";

/** Name and character, the more usual ones first. */
const LIST = `+1 👍 -1 👎 eyes 👀 pushpin 📌 white_check_mark ✅ tada 🎉 pray 🙏 raised_hands 🙌 clap 👏 heart ❤️
fire 🔥 rocket 🚀 rotating_light 🚨 warning ⚠️ memo 📝 bulb 💡 question ❓ exclamation ❗ x ❌ heavy_check_mark ✔️ ok_hand 👌
wave 👋 raising_hand 🙋 muscle 💪 thinking_face 🤔 smile 😄 grinning 😀 joy 😂 sweat_smile 😅 slightly_smiling_face 🙂 wink 😉
blush 😊 sob 😭 cry 😢 scream 😱 face_with_rolling_eyes 🙄 facepalm 🤦 shrug 🤷 sunglasses 😎 sleeping 😴 tired_face 😫 exploding_head 🤯
saluting_face 🫡 melting_face 🫠 partying_face 🥳 hugging_face 🤗 nerd_face 🤓 skull 💀 ghost 👻 robot_face 🤖 see_no_evil 🙈 bow 🙇
point_right 👉 point_left 👈 point_up ☝️ point_down 👇 v ✌️ handshake 🤝 writing_hand ✍️ crossed_fingers 🤞
red_circle 🔴 large_orange_circle 🟠 large_yellow_circle 🟡 large_green_circle 🟢 large_blue_circle 🔵 white_circle ⚪ black_circle ⚫
checkered_flag 🏁 triangular_flag_on_post 🚩 fire_extinguisher 🧯 lock 🔒 unlock 🔓 key 🔑 mega 📣 loudspeaker 📢 bell 🔔 no_bell 🔕
clipboard 📋 alarm_clock ⏰ stopwatch ⏱️ hourglass ⌛ hourglass_flowing_sand ⏳ calendar 📆 date 📅 clock3 🕒 link 🔗 paperclip 📎 bookmark 🔖
bookmark_tabs 📑 book 📖 books 📚 newspaper 📰 page_facing_up 📄 file_folder 📁 open_file_folder 📂 card_index 📇 chart_with_upwards_trend 📈
chart_with_downwards_trend 📉 bar_chart 📊 mag 🔍 wrench 🔧 hammer 🔨 hammer_and_wrench 🛠️ gear ⚙️ nut_and_bolt 🔩 toolbox 🧰 package 📦
computer 💻 desktop_computer 🖥️ keyboard ⌨️ iphone 📱 telephone ☎️ phone 📞 battery 🔋 electric_plug 🔌 floppy_disk 💾 cd 💿 satellite 🛰️
globe_with_meridians 🌐 cloud ☁️ zap ⚡ snowflake ❄️ sunny ☀️ rainbow 🌈 umbrella ☔ ocean 🌊 boom 💥 bomb 💣 bug 🐛 snail 🐌 turtle 🐢
cat 🐱 dog 🐶 penguin 🐧 unicorn_face 🦄 crab 🦀 whale 🐳 bird 🐦 bee 🐝 seedling 🌱 herb 🌿 four_leaf_clover 🍀 cherry_blossom 🌸 maple_leaf 🍁
coffee ☕ tea 🍵 beer 🍺 pizza 🍕 sushi 🍣 rice_ball 🍙 ramen 🍜 cake 🍰 cookie 🍪 apple 🍎 tangerine 🍊
star ⭐ star2 🌟 sparkles ✨ 100 💯 trophy 🏆 medal 🏅 first_place_medal 🥇 gift 🎁 balloon 🎈 ticket 🎫 art 🎨 musical_note 🎵
ambulance 🚑 fire_engine 🚒 police_car 🚓 construction 🚧 truck 🚚 airplane ✈️ ship 🚢 train 🚆 house 🏠 office 🏢 hospital 🏥 factory 🏭
moneybag 💰 credit_card 💳 dollar 💵 yen 💴 shopping_trolley 🛒 shield 🛡️ scales ⚖️ anchor ⚓ compass 🧭 crystal_ball 🔮 pill 💊 adhesive_bandage 🩹
speech_balloon 💬 thought_balloon 💭 email 📧 envelope ✉️ inbox_tray 📥 outbox_tray 📤 pencil ✏️ pencil2 ✏️ scissors ✂️ wastebasket 🗑️
arrow_right ➡️ arrow_left ⬅️ arrow_up ⬆️ arrow_down ⬇️ arrows_counterclockwise 🔄 repeat 🔁 back 🔙 soon 🔜 heavy_plus_sign ➕ heavy_minus_sign ➖
no_entry ⛔ no_entry_sign 🚫 stop_sign 🛑 octagonal_sign 🛑 information_source ℹ️ new 🆕 ok 🆗 sos 🆘 up 🆙 recycle ♻️ beginner 🔰 jp 🇯🇵 us 🇺🇸`;

const EMOJI = new Map();
for (const [, name, character] of LIST.matchAll(/(\S+) (\S+)/g)) EMOJI.set(name, character);
for (const [alias, name] of [["thumbsup", "+1"], ["thumbsdown", "-1"], ["raised_hand", "raising_hand"]]) EMOJI.set(alias, EMOJI.get(name));

/** How many are shown while nothing is searched for. */
const SHOWN = 96;

/** The character; a name that is not known as it is typed. */
export function emoji(name) {
  return EMOJI.get(name.split("::")[0]) ?? `:${name}:`;
}

export const isEmoji = (name) => EMOJI.has(name);

/** Names that begin so, then those that hold it. */
export function findEmoji(typed) {
  const names = [...EMOJI.keys()];
  const begins = names.filter((name) => name.startsWith(typed));
  return [...begins, ...names.filter((name) => !name.startsWith(typed) && name.includes(typed))];
}

/** Lets a person pick one; resolves with its name, or nothing. */
export function pickEmoji(anchor) {
  return new Promise((resolve) => {
    const grid = h("div", { className: "emoji-grid" });
    const take = (name) => { resolve(name); close(); };
    const draw = (typed) => {
      const names = typed ? findEmoji(typed).slice(0, SHOWN) : [...EMOJI.keys()].slice(0, SHOWN);
      fill(grid, names.map((name) => h("button", { type: "button", title: `:${name}:`, ariaLabel: name, onclick: () => take(name) }, emoji(name))));
    };
    const search = h("input", {
      className: "control", type: "search", placeholder: t("emoji.find"), ariaLabel: t("emoji.find"), autofocus: true,
      oninput: () => draw(search.value.trim().toLowerCase().replaceAll(":", "")),
      onkeydown: (event) => {
        if (event.key === "Enter") grid.querySelector("button")?.click();
        else if (event.key === "ArrowDown") grid.querySelector("button")?.focus();
        else return;
        event.preventDefault();
      },
    });
    grid.onkeydown = (event) => {
      const buttons = [...grid.children];
      const columns = Math.round(grid.clientWidth / (buttons[0]?.offsetWidth || 32)) || 1;
      const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
      if (!step) return;
      event.preventDefault();
      (buttons[buttons.indexOf(document.activeElement) + step] ?? search).focus();
    };
    draw("");
    const close = popUp(anchor, h("div", { className: "emoji-sheet" }, search, grid), { label: t("emoji"), onclose: () => resolve(undefined) });
    search.focus();
  });
}
