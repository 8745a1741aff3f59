"""Files, bytes, prose and sentences. Every text here was made for its test."""

import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idlib_timeline import forms, rules
from idlib_timeline.errors import InputError, UnreadableArticle
from idlib_timeline.forms import form_of
from idlib_timeline.forms.decoding import decode
from idlib_timeline.forms.plain import front_matter
from idlib_timeline.model import Article, ArticleFile, Part
from idlib_timeline.prose import compose
from idlib_timeline.read import discover, parts, read

STORY = "Rebels took the port on Tuesday, witnesses said."


def article(text: str | bytes, name: str = "a.txt") -> Article:
    content = text if isinstance(text, bytes) else text.encode()
    return read(ArticleFile("", "", name), Part("", form_of(name, content), content))


def fetch(file: ArticleFile) -> bytes:
    [(_, part)] = parts(file)
    assert isinstance(part, Part)
    return part.content


def prose(text: str, markdown: bool = False) -> str:
    return compose(text, 0, markdown)[0].text


def told(text: str, name: str = "a.txt") -> list[tuple[str, str]]:
    found = article(text, name)
    return [(sentence.kind, found.prose.text[sentence.start : sentence.end]) for sentence in found.sentences]


def sentences(text: str) -> list[str]:
    return [words for _, words in told(text)]


# --- which files ----------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "articles"
    for name in ("b.txt", "a.md", "deep/c.text", "deep/no_suffix", "deep/er/d.markdown"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(STORY, encoding="utf-8")
    return home


def names(*paths: Path | str) -> list[str]:
    return [file.name for file in discover([str(path) for path in paths])]


def test_a_folder_is_searched_recursively_and_sorted_by_name(folder: Path) -> None:
    assert names(folder) == ["a.md", "b.txt", "deep/c.text", "deep/er/d.markdown", "deep/no_suffix"]


def test_what_is_no_article_is_passed_over_quietly(folder: Path) -> None:
    for name in (".hidden.txt", ".git/e.txt", "publications.csv", "map.png", "deep/publications.csv", "script.py"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(STORY, encoding="utf-8")
    assert names(folder) == ["a.md", "b.txt", "deep/c.text", "deep/er/d.markdown", "deep/no_suffix"]


def test_a_full_stop_in_a_name_is_not_always_a_suffix(tmp_path: Path) -> None:
    for name in ("U.N. report", "story.2019"):
        (tmp_path / name).write_text(STORY, encoding="utf-8")
    assert names(tmp_path) == ["U.N. report", "story.2019"]


def test_a_file_named_itself_is_always_taken(tmp_path: Path) -> None:
    odd = tmp_path / "story.dat"
    odd.write_text(STORY, encoding="utf-8")
    (file,) = discover([str(odd)])
    assert (file.path, file.root, file.name) == (str(odd), str(tmp_path), "story.dat")


def test_a_file_reached_twice_is_read_once(folder: Path) -> None:
    assert names(folder / "deep" / "c.text", folder / "deep", folder) == names(folder)


def test_the_order_of_the_paths_changes_nothing(folder: Path) -> None:
    paths = [str(folder), str(folder / "deep"), "-"]
    assert discover(paths) == discover(paths[::-1])


def test_names_that_two_folders_share_are_told_apart(tmp_path: Path) -> None:
    for home in ("one", "two"):
        (tmp_path / home).mkdir()
        (tmp_path / home / "a.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "two" / "b.txt").write_text(STORY, encoding="utf-8")
    assert names(tmp_path / "one", tmp_path / "two") == ["b.txt", "one/a.txt", "two/a.txt"]


def test_standard_input_is_an_article(monkeypatch: pytest.MonkeyPatch) -> None:
    (file,) = discover(["-"])
    assert (file.path, file.name) == ("", "stdin")
    end, start = os.pipe()
    os.write(start, STORY.encode())
    os.close(start)
    with os.fdopen(end, encoding="utf-8") as stream:
        monkeypatch.setattr("sys.stdin", stream)
        assert fetch(file) == STORY.encode()


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere: no such file or folder: check the path"):
        discover([str(tmp_path / "nowhere")])


def test_an_empty_folder_is_named_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "publications.csv").write_text("file,published\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"holds no article: put \.txt, \.md, \.html or other files there") as caught:
        discover([str(tmp_path)])
    assert str(tmp_path) in str(caught.value)


def test_links_are_followed_to_files_inside_the_folder_only(folder: Path, tmp_path: Path) -> None:
    before = names(folder)
    outside = tmp_path / "secret.txt"
    outside.write_text(STORY, encoding="utf-8")
    (folder / "escape.txt").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    (folder / "ring.txt").symlink_to(folder / "ring.txt")
    (folder / "broken.txt").symlink_to(folder / "gone.txt")
    (folder / "away").symlink_to(tmp_path)
    (folder / "again.txt").symlink_to(folder / "b.txt")
    assert names(folder) == before
    (folder / ".store").mkdir()
    (folder / ".store" / "1").write_text(STORY, encoding="utf-8")
    (folder / "kept.txt").symlink_to(folder / ".store" / "1")
    assert names(folder) == sorted([*before, "kept.txt"])


def test_a_pipe_is_never_waited_for(folder: Path) -> None:
    before = names(folder)
    os.mkfifo(folder / "pipe.txt")
    assert names(folder) == before
    (file,) = discover([str(folder / "pipe.txt")])
    with pytest.raises(UnreadableArticle, match=r"pipe\.txt: is no regular file"):
        fetch(file)


def test_a_device_is_not_read() -> None:
    (file,) = discover(["/dev/zero"])
    with pytest.raises(UnreadableArticle, match="zero: is no regular file"):
        fetch(file)


def test_a_file_that_vanished_is_unreadable(folder: Path) -> None:
    files = discover([str(folder)])
    (folder / "b.txt").unlink()
    with pytest.raises(UnreadableArticle, match=r"b\.txt: cannot be read"):
        fetch(files[1])


def test_a_name_that_is_no_unicode_can_be_shown(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_bytes(STORY.encode())
    (file,) = discover([str(tmp_path)])
    assert file.name == "caf\\xe9.txt"
    assert fetch(file) == STORY.encode()


# --- bytes and text -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"It\xe2\x80\x99s over.\r\nThe end.\r\n",
        b"\xef\xbb\xbfIt's over.\n",
        "\ufeffIt\u2019s over.\r\n".encode("utf-16-le"),
        "\ufeffIt\u2019s over.\r\n".encode("utf-16-be"),
        "\ufeffIt\u2019s over.\n".encode("utf-32-le"),
    ],
)
def test_the_stored_text_is_the_decoded_file_itself(content: bytes) -> None:
    text = article(content).text
    encodings = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")
    assert content in [text.encode(encoding) for encoding in encodings]


def test_a_byte_order_mark_stays_in_the_text_and_out_of_the_prose() -> None:
    found = article(b"\xef\xbb\xbf" + STORY.encode())
    assert found.text == "\ufeff" + STORY
    assert found.prose.text == STORY
    assert found.stored_span(0, 6) == (1, 7)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("It\u2019s over \u2014 he said \u201cyes\u201d in S\u00e3o Paulo, and the army left the town.", "cp1252"),
        ("The caf\u00e9 in Malm\u00f6 was hit on Tuesday, officials in the town said later.", "latin-1"),
        ("\u0412\u043e \u0432\u0442\u043e\u0440\u043d\u0438\u043a \u0431\u044b\u043b \u0431\u043e\u0439.", "cp1251"),
    ],
)  # fmt: skip
def test_an_older_encoding_is_read(text: str, encoding: str) -> None:
    assert decode("a.txt", text.encode(encoding)) == text


def test_the_sha256_is_of_the_bytes() -> None:
    # sha256 of b"abc" is the first test vector of FIPS 180-2
    assert article(b"abc").sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b" \r\n\t\xc2\xa0\n", "is empty"),
        (b"<p>&nbsp;</p>", "is empty"),
        (b"---\ntitle: A\n---\n", "is empty"),
        (b"%PDF-1.4 text", "is no readable PDF"),
        (b"PK\x03\x04text", "is no readable Word document"),
        (b"text \x00 text", "is binary"),
        (bytes(range(1, 9)) * 20, "is binary"),
        (b"\xff\xfeabc", "begins as utf-16-le but is not"),
    ],
)
def test_what_holds_no_text_is_unreadable(content: bytes, why: str) -> None:
    with pytest.raises(UnreadableArticle, match=f"a.txt: {why}.*: (save|remove)"):
        article(content)


def test_an_oversized_file_is_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "MAX_BYTES", 2_000_000)
    big = tmp_path / "big.txt"
    big.write_bytes(b"a" * 2_000_001)
    with pytest.raises(UnreadableArticle, match=r"big\.txt: is larger than 2 MB: split it"):
        fetch(discover([str(big)])[0])
    big.write_bytes(b"a" * 2_000_000)
    assert len(fetch(discover([str(big)])[0])) == 2_000_000


# --- prose ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stored", "read_as"),
    [
        ('met <a href="http://x.org/?a=1&b=2">President Erdoga</a>n there', "met President Erdogan there"),
        ("<b>Aden</b><i>ese</i>", "Adenese"),
        ("a < b and c > d", "a < b and c > d"),
        ("from <unknown> to <john@example.org>", "from <unknown> to <john@example.org>"),
        ('<img alt="x > y" src=a> after', " after"),
        ("one<script>if (a<b) x();</script> two", "one two"),
        ("one<style>p {color: red}</style><!-- no --> two", "one two"),
        ("one <!-- never closed", "one never closed"),
        ("AT&amp;T &lt;b&gt; &#8220;x&#8221; &#x2019;s&nbsp;y", "AT&T <b> \"x\" 's y"),
        ("&bogus; A&B; &amp;nbsp;z", "&bogus; A&B; z"),
        ("soft\u00adhyphen zero\u200bwidth \u202bbidi\u202c", "softhyphen zerowidth bidi"),
        ("\u2018a\u2019 \u201cb\u201d \u00abc\u00bb ``d''", "'a' \"b\" \"c\" \"d\""),
        ("a\u00a0b\u2009c\td  \u00a0 e", "a b c d e"),
        ("2011\u20132014 \u2014 war - it - is", "2011\u20132014 \u2014 war - it - is"),
        ("see [the map](http://x.org/Tripoli_(Libya)) now", "see the map now"),
        ("at 6am [0300 GMT] (local)", "at 6am [0300 GMT] (local)"),
        ("cafe\r\nbar\rbaz", "cafe\nbar\nbaz"),
        ("<td>Aden</td><td>12</td>", " Aden 12 "),
    ],
)  # fmt: skip
def test_readable_characters(stored: str, read_as: str) -> None:
    assert prose(stored) == read_as


@pytest.mark.parametrize("tag", ["<p>", "</p>", "<br>", "<BR/>", "<div class='x'>", "<li>", "<h1>", "<tr>", "<hr />"])
def test_block_tags_end_a_paragraph(tag: str) -> None:
    assert [line.strip() for line in prose(f"One{tag}Two").split("\n")] == ["One", "Two"]


def test_markdown_marks_are_not_read() -> None:
    text = (
        '# The *long* war #\n\n> **Aden** fell to [rebels](http://x.org "t") on __Tuesday__, `sources` say.\n\n'
        "![a map](map.png)\n\n- one [note][1]\n2. two\n\n***\n\n5 * 3 is snake_case \\*not\\*\n\n[1]: http://x.org\n"
    )
    lines = [line for line in prose(text, markdown=True).split("\n") if line.strip()]
    assert lines == [
        "The long war", "Aden fell to rebels on Tuesday, sources say.", "one note", "two", "5 * 3 is snake_case *not*",
    ]  # fmt: skip


def test_in_plain_text_stars_and_hashes_are_text() -> None:
    assert prose("# 5 *is* _it_") == "# 5 *is* _it_"


WRAPPED = """\
The port was shelled on Tuesday by the troops that had come
from the north, and at least three people died there in the
houses. The governor, who was in the town with his aides in
Khan Example, said he would stay.

The next day the shelling went on, witnesses said, and more
people left for the hills, where demili-
tarized zones were planned.
"""


def test_lines_wrapped_by_hand_are_joined() -> None:
    first, second = [line for line in prose(WRAPPED).split("\n") if line]
    assert "come from" in first
    assert "aides in Khan Example" in first
    assert "demili-tarized" in second


def test_a_paragraph_a_line_is_left_alone() -> None:
    text = (
        "The port was shelled on Tuesday, a monitor said.\nTroops left the town at noon.\nNobody knows why they left."
    )
    assert prose(text).split("\n") == text.split("\n")


def test_one_broken_line_among_whole_ones_is_joined() -> None:
    text = f"{STORY}\n{STORY}\n{STORY}\n{STORY}\nThe governor said that the whole of the town\nwas lost.\n{STORY}"
    assert "whole of the town was lost." in prose(text)


def test_list_items_stay_apart() -> None:
    text = "- tanks of the second brigade and of the guard\n- guns\n- mortars of the first brigade of the south"
    assert prose(text).count("\n") == 2


@pytest.mark.parametrize(("stored", "whole"), [("&ldquo;Go,&rdquo;", "&ldquo;Go,&rdquo;"), ("x &amp;", "&amp;")])
def test_a_span_holds_whole_entities(stored: str, whole: str) -> None:
    made, _ = compose(stored)
    found = Article("a", "", stored, made, (), {}, (), "")
    start, end = found.stored_span(len(made.text) - (5 if "Go" in stored else 1), len(made.text))
    assert stored[start:end] == whole


PIECES = st.sampled_from(
    [
        *(
            "Aden",
            " ",
            "\n",
            "\r\n",
            "\r",
            "<b>",
            "</b>",
            "<p>",
            "<",
            ">",
            "&amp;",
            "&ldquo;",
            "&nbsp;",
            "&shy;",
            "&#0;",
        ),
        *("\u200b", "\u201c", "\u2019", "\u00a0", "\ufeff", "\u2014", "e\u0301", "\x01", "\x85", "\\", "_", "*", "# "),
        *("<!--", "-->", "<script>", "</script>", "[x](http://y)", "- ", "``", "''", "<a href='x'>"),
    ]
)
QUOTES = "\"'`\u00b4\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb\u2032\u2033\u2039\u203a\u02bc"
PLAIN = {"\u201c": '"', "\u2019": "'", "\u00a0": " ", "\x85": "\n", "\r": "\n"}


@given(st.lists(PIECES | st.text(max_size=3)), st.booleans())
def test_every_character_of_the_prose_is_where_it_says(pieces: list[str], markdown: bool) -> None:
    from html import unescape

    stored = "".join(pieces)
    made, headings = compose(stored, 0, markdown)
    assert not set(made.text) & set("\x00\x01\x02\x03\ufeff\u200b\r")
    last = -1
    for offset, char in enumerate(made.text):
        start, end = made.stored(offset), made.stored_end(offset)
        assert last <= start < end <= len(stored)
        last = start
        origin = stored[start]
        if origin == "&":
            assert (
                char in unescape(unescape(stored[start:end])).replace("\u201c", '"').replace("\u00a0", " ")
                or char == " "
            )
        elif origin == "<":
            assert char in "<\n "  # itself, or the break its tag makes
        elif char in "\n ":
            assert origin.isspace() or markdown or origin == "<"
        elif char in "\"'":
            assert origin in QUOTES
        else:
            assert char == PLAIN.get(origin, origin)
    assert all(0 < offset <= len(made.text) for offset in headings)


@given(st.lists(PIECES | st.text(max_size=5), min_size=1))
def test_stored_spans_and_sentences_are_in_order(pieces: list[str]) -> None:
    try:
        found = article("".join(["A start. ", *pieces]).encode("utf-8", "ignore"))
    except UnreadableArticle:
        return
    spans = [found.stored_span(offset, offset + 1) for offset in range(len(found.prose.text))]
    assert spans == sorted(spans)
    assert all(start < end <= len(found.text) for start, end in spans)
    edges = [
        0,
        *(edge for sentence in found.sentences for edge in (sentence.start, sentence.end)),
        len(found.prose.text),
    ]
    assert edges == sorted(edges)
    assert [sentence.index for sentence in found.sentences] == list(range(len(found.sentences)))
    covered = set().union(*(range(sentence.start, sentence.end) for sentence in found.sentences))
    assert all(char in " \n" for offset, char in enumerate(found.prose.text) if offset not in covered)


ADVERSE = ["<", "<!--", "<a ", '<a "', "<script>", "<!", "&", "&amp;", "[](", "[](a(", "*", "``", "a-\nb", "> - ", "\n"]


def _linear(work: Callable[[int], object], size: int) -> None:
    """Ten times the text may take thirty times as long: quadratic work takes a hundred."""

    def seconds(length: int) -> float:
        start = time.process_time()
        work(length)
        return time.process_time() - start

    seconds(1000)  # imports and compiled patterns are not counted
    small, large = seconds(size // 10), seconds(size)
    assert large < 30 * small + 0.5, f"{small:.2f} s for {size // 10} characters, {large:.2f} s for {size}"


# Markdown takes every step that plain text takes, and more; only links have a pattern of their own in each.
@pytest.mark.parametrize(("unit", "markdown"), [*((unit, True) for unit in ADVERSE), ("[](", False), ("[](a(", False)])
def test_a_megabyte_of_openings_becomes_prose_in_linear_time(unit: str, markdown: bool) -> None:
    _linear(lambda size: compose(unit * (size // len(unit)), 0, markdown), 1_000_000)


@pytest.mark.parametrize("unit", ["\u201c", "(", "' ", "AA, ", "x) ", "A ", "A. ", '"A. ', "By Aa "])
def test_sentences_are_cut_in_linear_time(unit: str) -> None:
    _linear(lambda size: article(unit * (size // len(unit)) + "end"), 300_000)


def test_a_block_never_closed_is_looked_for_once() -> None:
    _linear(lambda size: front_matter("---\n" * (size // 4)), 1_000_000)


# --- front matter ---------------------------------------------------------------------------------


def test_front_matter_gives_words_as_written_and_is_not_prose() -> None:
    text = (
        "---\nTitle: 'The war: a year on'\ndate: 2019-08-30\npublished_at: 2019-08-30T23:30:00-08:00\n"
        "tags: [war, peace]\nseo:\n  date: x\nempty:\n---\nThe army left.\n"
    )
    found = article(text)
    assert front_matter(text)[0] == {
        "title": "The war: a year on", "date": "2019-08-30", "published_at": "2019-08-30T23:30:00-08:00",
        "tags": "war, peace", "empty": "",
    }  # fmt: skip
    assert [(date.where, date.value) for date in found.stated] == [
        ("the front matter's published_at", "2019-08-30T23:30:00-08:00"), ("the front matter's date", "2019-08-30"),
    ]  # fmt: skip
    assert found.text == text
    assert found.prose.text.strip() == "The army left."
    assert text[slice(*found.stored_span(found.sentences[0].start, found.sentences[0].end))] == "The army left."
    assert found.title == "The war: a year on"


def test_front_matter_behind_a_byte_order_mark_and_with_carriage_returns() -> None:
    assert front_matter("\ufeff---\r\ndate: 2019-08-30\r\n---\r\nText") == ({"date": "2019-08-30"}, 29)


BOMB = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))


@pytest.mark.parametrize(
    "block",
    [
        "title: [unclosed\n", "- a\n- b\n", "just words\n", "title: 'x\n", BOMB, "[" * 20_000 + "\n", "? [a]\n: b\n",
        "He told the crowd in the square: go\n", "<<: *x\n", "a: !!python/object/apply:os.getcwd []\n? {}\n",
    ],
)  # fmt: skip
def test_a_block_that_is_no_table_of_values_is_text(block: str) -> None:
    assert front_matter(f"---\n{block}---\nText") == ({}, 0)


def test_rules_between_paragraphs_are_no_front_matter() -> None:
    assert next(kind for kind, _ in told(f"{STORY}\n---\ndate: 2019-08-30\n---\n{STORY}")) == "body"
    assert article(f"{STORY}\n---\ndate: 2019-08-30\n---\n").stated == ()


# --- sentences ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "The deal came into force on Jan. 12 in the south.",
        "Senior U.N. officials and the U.S. Senate agreed.",
        "They met Gen. Doe, Lt. Col. Roe and Brig. Gen. Abd al-Example.",
        "It began at 9 a.m. Tuesday in the port.",
        "J. R. Doe and John F. Roe left.",
        "He waited ... and then he left.",
        "\u201cWe lost it. We left at night,\u201d he said.",
        "\u201cIs it over?\u201d he asked.",
        "\u201cIs it over?\u201d Doe asked.",
        "He called it \u201ca mess.\u201d",
        "It cost $1.5 million and No. 5 Brigade its guns.",
    ],
)
def test_one_sentence_stays_one(sentence: str) -> None:
    plain = sentence.replace("\u201c", '"').replace("\u201d", '"')
    assert sentences(f"{STORY} {sentence} The army left.") == [STORY, plain, "The army left."]


def test_a_closing_quotation_mark_stays_with_its_sentence() -> None:
    assert sentences('He said "no." Then he left. "Go!" she said. "I will." They ran.') == [
        'He said "no."', "Then he left.", '"Go!" she said.', '"I will."', "They ran.",
    ]  # fmt: skip


def test_an_opening_quotation_mark_that_is_never_closed_goes_with_what_follows() -> None:
    text = f'"{STORY} {STORY}" he said. "Then all of us left. ' + "Nobody helped us at all on the long road. " * 15
    found = sentences(text)
    assert '"Then all of us left.' in found
    assert not [sentence for sentence in found if sentence.endswith(' "')]


def test_a_very_long_quotation_is_cut_inside() -> None:
    found = sentences(
        '"' + "We left the town at night with all that we had. " * 20 + 'We ran," he said. The army left.'
    )
    assert len(found) == 22
    assert found[-2:] == ['We ran," he said.', "The army left."]


def test_a_paragraph_longer_than_the_splitter_takes_at_once_is_cut_at_sentences() -> None:
    assert sentences(" ".join([STORY] * 300)) == [STORY] * 300


def test_kinds_and_title() -> None:
    text = (
        "Rebels take the port\nBy Jane Doe\nPublished: August 30, 2019, 10:05 GMT\n\nADEN (Reuters) - Rebels took it. "
        "The army left.\n\nWho is who\n\nMany groups fight there.\n\nAnn Lee and Bo Ray contributed to this report.\n\n"
        "Read more: The long war\nSign up for our newsletter.\n\u00a9 2019 Example Press\n"
    )
    assert told(text) == [
        ("heading", "Rebels take the port"),
        ("byline", "By Jane Doe"),
        ("byline", "Published: August 30, 2019, 10:05 GMT"),
        ("body", "ADEN (Reuters) - Rebels took it."),
        ("body", "The army left."),
        ("heading", "Who is who"),
        ("body", "Many groups fight there."),
        ("byline", "Ann Lee and Bo Ray contributed to this report."),
        ("boilerplate", "Read more: The long war"),
        ("boilerplate", "Sign up for our newsletter."),
        ("boilerplate", "\u00a9 2019 Example Press"),
    ]
    found = article(text)
    assert found.title == "Rebels take the port"
    assert [sentence.lead for sentence in found.sentences if sentence.lead] == [len("ADEN (Reuters) - ")]
    assert [sentence.paragraph for sentence in found.sentences] == [0, 1, 2, 3, 3, 4, 5, 6, 7, 8, 9]


@pytest.mark.parametrize(
    "text",
    [
        "Rebels seized the port on Tuesday",
        "12 March - rebels shell the port\n14 March - the army leaves\n15 March - a truce is signed",
        f"{STORY}\ntanks\nguns\nmortars\n{STORY}",
        f"{STORY}\n\nThe army left",
    ],
)
def test_a_short_line_is_not_always_a_heading(text: str) -> None:
    assert {kind for kind, _ in told(text)} == {"body"}
    assert article(text).title == ""


def test_marked_headings_are_headings_whatever_their_shape() -> None:
    assert told(f"<h2>It is over.</h2><p>{STORY}</p>") == [("heading", "It is over."), ("body", STORY)]
    assert told(f"{STORY}\n\n## It is over.\n\n{STORY}\n", "a.md")[1] == ("heading", "It is over.")


def test_a_question_that_stands_first_is_the_title() -> None:
    assert article(f"Who rules the port?\n\n{STORY}").title == "Who rules the port?"


@pytest.mark.parametrize(
    ("line", "kind"), [("___", "boilerplate"), ("* * *", "boilerplate"), ("1918", "heading"), ("12", "body")]
)
def test_a_line_without_words(line: str, kind: str) -> None:
    assert told(f"{STORY}\n\n{line}\n\n{STORY}")[1] == (kind, line)


def test_an_outlet_tag_on_its_own_line_is_no_story() -> None:
    found = article(f"CNN \u00a0\u2014\u00a0\n\n{STORY}")
    assert [(sentence.kind, sentence.lead) for sentence in found.sentences] == [("boilerplate", 5), ("body", 0)]
    assert found.title == ""


# --- the line book --------------------------------------------------------------------------------

ROWS = rules.load("lines").rows
EXAMPLES = [pytest.param(row, example, id=f"{row.name}-{n}") for row in ROWS for n, example in enumerate(row.examples)]
NEVER = [pytest.param(row, text, id=f"{row.name}-{n}") for row in ROWS for n, text in enumerate(row.never)]


@pytest.mark.parametrize(("row", "example"), EXAMPLES)
def test_example_of_a_line_row(row: rules.Row, example: Mapping[str, Any]) -> None:
    found = article(f"{STORY}\n{example['text']}\n")
    answers = found.sentences[1:]
    words = [found.prose.text[sentence.start : sentence.end] for sentence in answers]
    match row.fields["kind"]:
        case "lead":
            expected = prose(example["lead"]).rstrip()
            assert words[0][: answers[0].lead].rstrip() == expected
        case "join":
            assert len(words) == 1
        case "split":
            assert words == example["sentences"]
        case kind:
            assert {sentence.kind for sentence in answers} == {kind}


@pytest.mark.parametrize(("row", "text"), NEVER)
def test_never_of_a_line_row(row: rules.Row, text: str) -> None:
    found = article(f"{STORY}\n{text}\n").sentences[1:]
    match row.fields["kind"]:
        case "lead":
            assert found[0].lead == 0
        case "join":
            assert len(found) == 2
        case "split":
            assert len(found) == 1
        case kind:
            assert kind not in {sentence.kind for sentence in found}
