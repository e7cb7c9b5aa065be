"""What the Python bot shows, made of the SDK's own blocks."""

from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    CheckboxesElement,
    DatePickerElement,
    ExternalDataSelectElement,
    HeaderBlock,
    InputBlock,
    Option,
    PlainTextInputElement,
    SectionBlock,
    StaticSelectElement,
    UserMultiSelectElement,
)
from slack_sdk.models.views import View


def option(text: str, value: str) -> dict:
    return Option(text=text, value=value).to_dict()


def menu(title: str = "A menu") -> list[dict]:
    colours = [Option(text="Red", value="red"), Option(text="Blue", value="blue")]
    elements = [
        ButtonElement(action_id="press", text="Press", value="7", style="primary"),
        ButtonElement(action_id="gone", text="Away", confirm=None),
        StaticSelectElement(action_id="pick", placeholder="Colour…", options=colours),
        ExternalDataSelectElement(action_id="seek", placeholder="Seek…", min_query_length=1),
    ]
    blocks = [HeaderBlock(text=title), ActionsBlock(block_id="menu", elements=elements)]
    return [block.to_dict() for block in blocks]


def form(title: str) -> View:
    boxes = [Option(text="One", value="1"), Option(text="Two", value="2")]
    return View(
        type="modal",
        callback_id="form",
        title=title,
        submit="Send",
        close="Cancel",
        notify_on_close=True,
        private_metadata="kept",
        blocks=[
            SectionBlock(
                block_id="buttons",
                text="*More* of it",
                accessory=ButtonElement(action_id="more", text="More"),
            ),
            ActionsBlock(elements=[ButtonElement(action_id="deeper", text="Deeper")]),
            InputBlock(
                block_id="title", label="Title", element=PlainTextInputElement(action_id="said")
            ),
            InputBlock(
                block_id="people",
                label="People",
                optional=True,
                element=UserMultiSelectElement(action_id="chosen"),
            ),
            InputBlock(
                block_id="day",
                label="Day",
                optional=True,
                element=DatePickerElement(action_id="chosen"),
            ),
            InputBlock(
                block_id="boxes",
                label="Boxes",
                optional=True,
                element=CheckboxesElement(action_id="chosen", options=boxes),
            ),
        ],
    )


def deeper() -> View:
    return View(
        type="modal",
        callback_id="deeper",
        title="Deeper",
        submit="Enough",
        blocks=[SectionBlock(text="There is no more.")],
    )


def home() -> View:
    return View(type="home", blocks=[SectionBlock(text="At home")])
