"""Parts of a page around an article: buttons, forms for comments, players, counts of readers, tails of feeds.

It is reported, and taken out only when the user drops "boilerplate". A label is one where it fills its line; a sentence
that a publishing system prints is one anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..lazy import lazy_pattern
from ..rule import Finder, Proposal, Rule
from ..text import Text
from .removal import matches_of, of_literals, taken_out

# --- Labels ----------------------------------------------------------------------------------------------------------

# What a label begins with -> how it goes on to the end of its line.
_LABELS = {
    "Share": r"(?: this)?:?",
    "SHARE": r":?",
    "Bagikan": r"(?: (?:ini|artikel(?: ini)?|berita(?: ini)?))? ?:?",
    "Like this:": r"",
    "Menyukai ini:": r"",
    "Like Loading...": r"",
    "Suka Memuat...": r"",
    "Loading...": r"",
    "Memuat...": r"",
    "Click to ": r"(?:share on|email|print)[^\n]{0,60}(?:\(Opens in new window\)[^\n]{0,40})*",
    "Klik untuk ": r"(?:berbagi|membagikan|mencetak|mengirim)[^\n]{0,60}\(Membuka di jendela yang baru\)[^\n]{0,40}",
    "Advertisements": r"",
    "ADVERTISEMENTS": r"",
    "- Advertisement -": r"",
    "- ADVERTISEMENT -": r"",
    "Advertisement - ": r"(?:Scroll to continue|Gulir untuk lanjut(?:kan)? membaca)[^\n]{0,30}",
    "Iklan": r"",
    "IKLAN": r"",
    "- Iklan -": r"",
    "SCROLL KE BAWAH ": r"UNTUK [A-Z ]{3,40}",
    "GULIR ": r"(?:KE BAWAH )?UNTUK [A-Z ]{3,40}",
    "Gulir ": r"(?:ke bawah )?untuk (?:lanjut(?:kan)?|melanjutkan|membaca)[a-z ]{0,30}\.?",
    "Read ": r"[Mm]ore ?(?:[»>→…]|\.\.\.)*",
    "Continue ": r"[Rr]eading ?(?:[»>→…]|\.\.\.)*",
    "Post Views: ": r"[\d.,]+",
    "Dibaca ": r": ?[\d.,]+(?: kali)?",
    "Dibaca: ": r"[\d.,]+(?: kali)?",
    "Dilihat: ": r"[\d.,]+(?: kali)?",
    "Views: ": r"[\d.,]+",
    "Reading Time: ": r"\d+ mins? read",
    "Waktu ": r"[Bb]aca:? \d+ [Mm]enit",
    "Leave a ": r"(?:[Rr]eply|[Cc]omment)(?: [Cc]ancel reply)?",
    "Tinggalkan ": r"(?:Balasan|[Kk]omentar)(?: Batalkan balasan)?",
    "Tulis ": r"[Kk]omentar(?: Anda)?",
    "No Comments": r"",
    "Comments are closed": r"\.?",
    "Tidak ada komentar": r":?\.?",
    "Komentar": r" ?\(\d+\)",
    "Embed from Getty Images": r"",
    "Skip to ": r"(?:main )?content",
    "Lewati ke konten": r"",
    "Play": r"(?: Video)?",
    "Mute": r"",
    "Unmute": r"",
    "Current Time": r"\s?\d+:\d\d(?:\s*/\s*Duration\s?\d+:\d\d)?",
    "Loaded: ": r"[\d.]+%",
}
_SITES = "Facebook|Twitter|X|Whats[Aa]pp|Telegram|Line|LINE|Linked[Ii]n|Pinterest|Email|Print|Cetak|Copy Link|Salin Tautan"
_ONLY_BUTTONS = lazy_pattern(
    rf"(?:\A|\n)(?P<line>[ \t]*+(?:Share|Tweet|{_SITES})(?P<more>[ \t,|/·]*+(?:Tweet|{_SITES}))*+[ \t]*+)(?=\n|\Z)"
)
_begun = matches_of(_LABELS)
_ENDS_LINE = lazy_pattern(r"[ \t\r]*(?:\n|\Z)")


def _labels(text: Text) -> Iterator[Proposal]:
    string = text.string
    for match in _begun(text):
        start, end = match.span()
        while start and string[start - 1] in " \t":
            start -= 1
        if (start == 0 or string[start - 1] == "\n") and _ENDS_LINE.match(string, end):
            yield taken_out(LABEL, string, start, end)
    for start, end in _buttons(string):
        yield taken_out(LABEL, string, start, end)


def _buttons(string: str) -> list[tuple[int, int]]:
    """Find the runs of lines that have nothing but buttons, two or more of them."""
    runs: list[tuple[int, int, int]] = []  # start, end, buttons: two stand for more in a line
    for match in _ONLY_BUTTONS.finditer(string):
        start, end = match.span("line")
        buttons = 2 if match["more"] else 1
        if runs and runs[-1][1] == match.start():
            start, _, before = runs.pop()
            buttons += before
        runs.append((start, end, buttons))
    return [(start, end) for start, end, buttons in runs if buttons > 1]


LABEL = Rule(
    name="page.label",
    doc="""Take out the labels of a page that have lines of their own: buttons, counts of readers, forms.""",
    trigger=(*(f"\n{label}" for label in _LABELS), *(f"\n{site}" for site in ("Facebook", "Twitter", "WhatsApp", "Tweet"))),
    changes={
        "Share this:\nFacebook\nTwitter\nWarga mengungsi.\nPost Views: 1,234": "Warga mengungsi.\n",
        "Warga mengungsi.\n- Advertisement -\nHujan turun.\nTinggalkan Balasan": "Warga mengungsi.\nHujan turun.\n",
    },
    keeps=(
        "Facebook\nSitus itu ramai.\nIklan itu lucu.\nShare harga naik.",
        "Bagikan kartu ini kepada teman.\nKomentar\nPlay Store ditutup.",
    ),
    tag="boilerplate",
)

# --- Sentences -------------------------------------------------------------------------------------------------------

_SENTENCES = {
    "Your browser does not support ": r"(?:the |HTML5 )?(?:video|audio)(?: tag| element)?\.?",
    "This video is either unavailable or not supported in this browser": r"\.?",
    "Video Player is loading.": "",
    "This is a modal window.": "",
    "Please enable JavaScript to view the ": r"comments powered by Disqus\.?",
    "Your email address will not be published.": r"(?: Required fields are marked \*)?",
    "Alamat email Anda tidak akan dipublikasikan.": r"(?: Ruas yang wajib ditandai \*)?",
    "Save my name, email, and website in this browser for the next time I comment.": "",
    "Simpan nama, email, dan situs web saya pada peramban ini untuk komentar saya berikutnya.": "",
    "This site uses Akismet to reduce spam.": r"(?: Learn how your comment data is processed\.)?",
    "Situs ini menggunakan Akismet untuk mengurangi spam.": r"(?: Pelajari bagaimana data komentar Anda diproses\.?)?",
    "We use cookies ": r"(?:to |on )[^\n.]{0,150}\.",
    "This website uses cookies": r"[^\n.]{0,150}\.",
    "Situs ini menggunakan cookie": r"[^\n.]{0,150}\.",
    "The post ": r"[^\n]{3,200}? (?:appeared first|first appeared) on [^\n]{2,60}(?=\n|\Z)",
    "Share this: ": r"(?:Click to [^\n]{3,80}?\(Opens in new window\) ?)+(?:Like this: Like Loading\.\.\.)?",
    "Bagikan ini: ": r"(?:Klik untuk [^\n]{3,80}?\(Membuka di jendela yang baru\) ?)+"
    r"(?:Menyukai ini: Suka Memuat\.\.\.)?",
}

SENTENCE = Rule(
    name="page.widget",
    doc="""Take out what publishing systems print by themselves: of players, cookies, comments, feeds.""",
    trigger=(
        *("Your browser does not", "This video is either", "Video Player is", "This is a modal", "Please enable JavaS"),
        *("Your email address", "Alamat email Anda", "Save my name, em", "Simpan nama, ema", "uses Akismet", "kan Akismet"),
        *("We use cookies", "uses cookies", "menggunakan cookie", "appeared", "Share this: ", "Bagikan ini: "),
    ),
    changes={
        "Your browser does not support the video tag. Warga mengungsi.": "Warga mengungsi.",
        "Warga mengungsi.\nThe post Banjir Melanda Bogor appeared first on Kabar Contoh.": "Warga mengungsi.\n",
    },
    keeps=("Kata dia, “Warga [...] mengungsi.”", "The post appeared on his page.", "Warga mengungsi [...]"),
    tag="boilerplate",
)

FINDERS = (Finder((LABEL,), _labels), of_literals(SENTENCE, _SENTENCES))
