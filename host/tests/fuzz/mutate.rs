//! Changes seeds, the same way every time.

/// What breaks parsers more often than chance does.
const TOKENS: [&[u8]; 16] = [
    b"\0",
    b"\xff\xfe",
    b"{\"a\":",
    b"[[",
    b"]]",
    b"\"",
    b"=",
    b"&payload=",
    b"%00",
    b"null",
    b"-1",
    b"18446744073709551616",
    b"1e999",
    "\u{202e}".as_bytes(),
    "\u{1F9EF}".as_bytes(),
    b"<!channel>",
];
/// More changes to one seed find little more.
const CHANGES: u64 = 6;

pub(crate) struct Mutator {
    seeds: Vec<Vec<u8>>,
    state: u64,
}

impl Mutator {
    pub(crate) fn new(seeds: Vec<Vec<u8>>, seed: u64) -> Self {
        Self { seeds, state: seed }
    }

    pub(crate) fn next(&mut self) -> Vec<u8> {
        let seed = self.below(self.seeds.len());
        let mut bytes = self.seeds[seed].clone();
        for _ in 0..=self.dice() % CHANGES {
            self.change(&mut bytes);
        }
        bytes
    }

    fn change(&mut self, bytes: &mut Vec<u8>) {
        let (from, to) = (self.below(bytes.len() + 1), self.below(bytes.len() + 1));
        let span = from.min(to)..from.max(to).min(from.min(to) + 64);
        match self.dice() % 6 {
            0 if from < bytes.len() => bytes[from] ^= 1 << (self.dice() % 8),
            1 => drop(bytes.drain(span)),
            2 => {
                let copied = bytes[span].to_vec();
                bytes.splice(to..to, copied);
            }
            3 => {
                let token = TOKENS[self.below(TOKENS.len())];
                bytes.splice(from..from, token.iter().copied());
            }
            4 => {
                let other = self.below(self.seeds.len());
                let other = &self.seeds[other];
                let part = other[other.len() / 2..].to_vec();
                bytes.truncate(from);
                bytes.extend(part);
            }
            _ => bytes.truncate(from.max(1).min(bytes.len())),
        }
    }

    fn below(&mut self, below: usize) -> usize {
        usize::try_from(self.dice() % below.max(1) as u64).unwrap_or_default()
    }

    /// `SplitMix64`.
    fn dice(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
}
