"""What bad input gets, through the whole program: one line that names file and remedy, and the store as it was."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from idlib_timeline import english
from idlib_timeline.cli import app

STORY = "Syrian jets bombed the town of Ariha on Tuesday, killing three people.\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with one good article in `news` and a store of it."""
    monkeypatch.chdir(tmp_path)
    for name in ("TIMELINE_STORE", "TIMELINE_FORMAT"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "good.txt").write_text(STORY)
    (tmp_path / "news" / "publications.csv").write_text("file,published\ngood.txt,2020-01-15\n")
    assert run("build", "news", "-j", "1").exit_code == 0
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def shown(*arguments: str) -> str:
    return run("show", "--all", "-f", "jsonl", *arguments).stdout


def newer(path: Path) -> None:
    shutil.copy(path.parent / "timeline.db", path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 999")
    connection.close()


def foreign(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.commit()
    connection.close()


def write(text: str) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.write_text(text)

    return make


@pytest.mark.parametrize(
    ("arguments", "name", "make", "said"),
    [
        (["build", "it"], "it", None, "no such file or folder: check the path"),
        (["build", "it"], "it", Path.mkdir, "holds no article: put .txt, .md, .html or other files there"),
        (["build", "news", "--store", "it"], "it", write("recipes"), "is not a timeline store; name another file"),
        (["show", "--store", "it"], "it", write("recipes"), "is not a timeline store; name another file"),
        (["build", "news", "--store", "it"], "it", foreign, "is a database of another program; name another file"),
        (["build", "news", "--store", "it"], "it", Path.mkdir, "is a folder; --store takes the name of a file"),
        (["build", "news", "--store", "it"], "it", newer, "update timeline, or build into another file"),
        (["show", "--store", "it"], "it", newer, "update timeline"),
        (["build", "news", "--context", "it"], "it", None, "check the path"),
        (["build", "news", "--context", "it"], "it", Path.mkdir, "check the path"),
        (["build", "news", "--context", "it"], "it", write("file,published,mood\n"), "line 1: unknown column 'mood'"),
        (["build", "news", "--context", "it"], "it", write("file,outlet\n"), "line 1: has no column published: use"),
        (
            ["build", "news", "--context", "it"],
            "it",
            write("file,published\ngood.txt,2020-02-30\n"),
            "line 2: '2020-02-30' is no date: write it as",
        ),
        (["explain", "zz"], "'zz'", None, "`timeline show --all` gives each event's id"),
        (["show", "-f", "it"], "'it'", None, "choose from table, markdown"),
        (["show", "-o", "it"], "it", None, "its ending names no format; end it in .md"),
    ],
)
def test_what_cannot_be_used_is_told_in_one_line(
    here: Path, arguments: list[str], name: str, make: Callable[[Path], None] | None, said: str
) -> None:
    if make:
        make(here / "it")
    before = {path.name: path.read_bytes() for path in here.iterdir() if path.is_file()}
    answer = run(*arguments)
    assert answer.exit_code == 2
    assert answer.stdout == ""
    (line,) = answer.stderr.splitlines()
    assert line.startswith("timeline: ")
    assert name in line
    assert said in line
    assert {path.name: path.read_bytes() for path in here.iterdir() if path.is_file()} == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01\x02\xff\xfe", "save its text as UTF-8"),
        (b"", "is empty: remove it or fill it"),
        (b"The army moved on. " * 2_700_000, "is larger than 20 MB: split it into articles"),  # 51 MB
    ],
    ids=["binary", "empty", "50 MB"],
)
def test_one_bad_article_never_stops_the_rest(here: Path, content: bytes, said: str) -> None:
    (here / "news" / "bad.txt").write_bytes(content)
    (here / "news" / "more.txt").write_text("Turkish troops entered Saraqib on 4 May 2019.\n")
    answer = run("build", "news", "-j", "1")
    assert answer.exit_code == 0
    (line,) = [line for line in answer.stderr.splitlines() if "bad.txt" in line]
    assert line.startswith("timeline: skipped bad.txt: ")
    assert line.endswith(said)
    assert "2 articles (1 read, 1 unchanged, 1 skipped)" in answer.stderr
    assert "good.txt" in shown()
    assert "more.txt" in shown()
    assert run("build", "news", "-j", "1", "--strict").exit_code == 1


def test_a_file_without_permission_is_skipped(here: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    locked = here / "news" / "locked.txt"
    locked.write_text(STORY)
    locked.chmod(0)
    answer = run("build", "news", "-j", "1")
    assert answer.exit_code == 0
    assert "timeline: skipped locked.txt: cannot be read: Permission denied: check its permissions\n" in answer.stderr


def test_a_named_pipe_is_skipped_and_not_waited_for(here: Path) -> None:
    os.mkfifo(here / "news" / "pipe.txt")
    answer = run("build", "news/pipe.txt", "news", "-j", "1", "--strict")
    assert answer.exit_code == 1
    assert "timeline: skipped pipe.txt: is no regular file: pipe its text in and name it -\n" in answer.stderr
    assert "good.txt" in shown()


def test_an_article_that_became_unreadable_leaves_the_chronology_and_comes_back(here: Path) -> None:
    before = shown()
    (here / "news" / "good.txt").write_bytes(b"\x00\x01\x02" * 50)
    assert "skipped good.txt" in run("build", "news", "-j", "1").stderr
    assert shown() == ""
    (here / "news" / "good.txt").write_text(STORY)
    assert run("build", "news", "-j", "1").exit_code == 0
    assert shown() == before


def test_a_row_for_a_file_that_is_not_there_is_only_a_warning(here: Path) -> None:
    (here / "dates.csv").write_text("file,published\ngood.txt,2020-01-15\nlost.txt,2020-01-16\n")
    answer = run("build", "news", "-j", "1", "--context", "dates.csv")
    assert answer.exit_code == 0
    assert "timeline: dates.csv: line 3: lost.txt is not there\n" in answer.stderr


def test_a_defect_met_in_one_article_is_told_without_a_traceback(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from idlib_timeline import pipeline

    whole = pipeline.read_one

    def breaks(article: object, publication: object) -> object:
        if getattr(article, "file", "") == "more.txt":
            raise ZeroDivisionError("division by zero")
        return whole(article, publication)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "read_one", breaks)
    (here / "news" / "more.txt").write_text(STORY)
    (here / "news" / "good.txt").write_text(STORY * 2)
    answer = run("build", "news", "-j", "1")
    assert answer.exit_code == 0
    (line,) = [line for line in answer.stderr.splitlines() if "skipped" in line and "more.txt" in line]
    assert "ZeroDivisionError" in line
    assert line.endswith("please report it")
    assert "Traceback" not in answer.stderr
    assert shown().count('"id"') == 1


@pytest.mark.parametrize("kind", ["actor", "place"])
def test_a_name_that_the_store_does_not_know_is_an_empty_answer(here: Path, kind: str) -> None:
    answer = run("show", f"--{kind}", "Atlantis", "-f", "jsonl")
    assert (answer.exit_code, answer.stdout) == (0, "")
    assert f"`timeline {kind}s` lists those it knows" in answer.stderr


def test_hostile_text_reaches_neither_terminal_nor_page_as_code(here: Path) -> None:
    (here / "news" / "good.txt").write_text(
        "Syrian jets bombed the \x1b[31mtown\x1b[0m of Ariha on Tuesday ![x](http://x.example) <script>1</script>.\n"
    )
    assert run("build", "news", "-j", "1").exit_code == 0
    for form in ("table", "markdown", "csv"):
        page = run("show", "-f", form).stdout
        assert "Ariha" in page
        assert "\x1b" not in page
        assert "<script>" not in page
        assert form == "csv" or "![x](http" not in page


# --- texts that are no English news ---------------------------------------------------------------

ODD = {
    "German": """Berlin, 3. April 2019 - Die Armee hat am Dienstag den Flughafen der Stadt angegriffen. Bei der
Offensive starben nach Angaben der Polizei 12 Soldaten, 30 wurden verletzt. Der General war am
Morgen in Hamburg gelandet.

Die Regierung in Bonn kündigte an, die Truppen im Mai nach Mali zu schicken. Ein
Bombenattentat in Kabul am 5. April war der Grund. Man will die Stadt halten, so der Minister.
"Das war ein Attack auf uns alle", sagte er.
""",
    "French": """PARIS, 12 juin 1999 (AFP) - L'armée a lancé une offensive contre les positions des rebelles
dans le nord du Mali. Le bombardement a fait 14 morts et 30 blessés, selon le ministère. Le
général Dupont a signé un accord de paix le 10 juin.

Les attaques ont repris dans la nuit de mardi. L'ONU a condamné l'attentat de Bamako. Une
mission de observation est arrivée à Tombouctou. Le pont a été bombardé. Le siège de la ville
dure depuis mai 1998.
""",
    "Spanish": """BOGOTÁ, 4 mayo 2002 - El ejército lanzó una ofensiva contra los rebeldes en el Chocó. El
ataque dejó 119 civiles muertos en la iglesia de Bojayá. El presidente Pastrana condenó la
masacre.

Las FARC dispararon cilindros bomba el 2 de mayo. Human Rights Watch acusó a los
paramilitares. Los combates siguen en la zona del río Atrato y miles de personas han huido
hacia Quibdó. La ONU pide una tregua.
""",
    "Russian": """МОСКВА, 5 марта 2020. Российские военные сообщили о прекращении огня в Идлибе с полуночи. По
данным ООН, погибли 30 человек. Турция направила войска к границе. Путин и Эрдоган подписали
соглашение. СМИ пишут о NATO и USA.
""",
    "Arabic": """دمشق - قصفت الطائرات السورية بلدة أريحا يوم الثلاثاء مما أسفر عن مقتل ثلاثة أشخاص. وقالت
الحكومة التركية إن قواتها دخلت سراقب في 4 مايو 2019. وأعلن الجيش وقف إطلاق النار.
""",
    "Turkish": """ANKARA, 28 Şubat 2020 - Hava saldırısında 33 asker şehit oldu. Türkiye ve Rusya ateşkes için
bir araya geldi. Ordu İdlib ile Halep arasında operasyon başlattı ve 50 hedef vuruldu. Bakan
bu olay için açıklama yaptı.
""",
    "Italian": """ROMA, 7 aprile 1999 - La NATO ha bombardato il ponte di Novi Sad e la raffineria. Sono morti
10 civili, secondo il governo. Il presidente ha detto che la guerra non finirà prima di
maggio. I profughi del Kosovo sono arrivati in Albania.
""",
    "Chinese": """大马士革,2020年2月28日 - 叙利亚空袭造成三十三名土耳其士兵死亡。
土耳其军队随后炮击了叙利亚政府军阵地。联合国呼吁停火。
""",
    "Finnish": """HELSINKI, 14. maaliskuuta 1940 - Sota päättyi eilen. Neuvostoliiton joukot miehittivät
Viipurin kaupungin aamulla, kertoi päämaja. Rauhansopimus allekirjoitettiin Moskovassa myöhään
illalla. Hallitus vahvisti tiedon radiossa. Viimeiset taistelut käytiin Tali Ihantalan
suunnalla, jossa kaatui satoja miehiä. Evakuointi alkoi heti aamulla, ja tuhannet ihmiset
jättivät kotinsa. Mannerheim kiitti sotilaitaan päiväkäskyssään torstaina.
""",
    "poem": """The Charge at Evening

The bugle broke the morning and the riders took the hill,
They fell like wheat in August and the guns were never still.
O captain of the wind and rain, who bombed my heart with May,
The night has laid its siege to me and will not go away.

We fought the sea, we fought the stars, we burned the bridge of dreams,
And Monday died on Sunday's breast beside the frozen streams.
""",
    "lyrics": """[Verse 1]
You shot me down, you shot me down last Friday night
You broke the truce and you walked into the light
I surrendered, baby, in the month of June
And we bombed, yeah we bombed, like a bad cartoon

[Chorus]
Na na na, attack, attack, attack my heart (oh oh)
Na na na, you killed me, babe, you tore me apart
""",
    "results": """Saturday, 14 March 1998
Premier League
Arsenal 1-0 Manchester United
Liverpool 2-1 Leeds United
Aston Villa 1 Crystal Palace 3
Barnsley 4 Southampton 3
Division One
Bury 2 Wolves 1
P  W  D  L  F  A  Pts
Arsenal   30 18 9 3 60 25 63
Liverpool 30 15 9 6 55 30 54
Striker Smith shot wide after 12 minutes; Jones hit the post in the 80th.
Attack: 7. Defence: 8. Killed the game: Owen, 88 min.
""",
    "prices": """Item            Price   Date
Flour, 50 kg    $31.50  Jan. 3, 2019
Cooking oil     $4.20   Jan. 3, 2019
Diesel          $0.92   Jan. 4, 2019
Shells, pasta   $1.10   Jan. 4, 2019
Strike matches  $0.30   Jan. 5, 2019
Rocket salad    $2.00   Jan. 6, 2019
""",
}


@pytest.mark.parametrize("name", ODD)
def test_what_is_no_english_news_tells_no_event(here: Path, name: str) -> None:
    (here / "news" / "good.txt").write_text(ODD[name], encoding="utf-8")
    answer = run("build", "news", "-j", "1")
    assert answer.exit_code == 0
    assert shown() == ""


def test_an_english_article_with_a_foreign_paragraph_is_read(here: Path) -> None:
    (here / "news" / "good.txt").write_text(f"{STORY}\n{ODD['German']}", encoding="utf-8")
    assert run("build", "news", "-j", "1").exit_code == 0
    assert shown().count('"id"') == 1


def test_english_in_few_words_is_not_taken_for_another_language() -> None:
    lines = [
        "15 Jan.: Jets bomb Ariha.",
        "Rebels seize El Geneina, La Paz, Deir el Zor; troops hold El Fasher, Las Anod.",
    ]
    assert english.foreign(lines) == [False, False]


UNITS = {
    "no full stop": "the army went on to the north of the country and nobody there had seen the rebels ",
    "capitals": "THE ARMY WENT ON TO THE NORTH OF THE COUNTRY AND NOBODY THERE HAD SEEN THE REBELS ",
    "one letter": "a",
    "German": "Die Armee hat am Dienstag den Flughafen der Stadt angegriffen und die Soldaten ",
    "quotes": '"no" ',
}


@pytest.mark.parametrize("name", UNITS)
def test_one_paragraph_without_end_is_read_and_tells_nothing(here: Path, name: str) -> None:
    unit = UNITS[name]
    (here / "news" / "good.txt").write_text(unit * (300_000 // len(unit)))
    assert run("build", "news", "-j", "1").exit_code == 0
    assert shown() == ""
