"""The bands of all moods (`stage.vocabulary.MOODS`): who plays, and over which chords."""

from __future__ import annotations

from render.music.band import Band, Player

EIGHTHS = "x.x.x.x.x.x.x.x."
SIXTEENTHS = "xxxxxxxxxxxxxxxx"
SHAKEN = "XxxxXxxxXxxxXxxx"
BACKBEAT = "....X.......X..."
FOUR = "X...X...X...X..."

BANDS: dict[str, Band] = {
    "bold": Band(
        "minor", "D", ("1 1 6 7", "1 1 4 5"), "5M",
        (
            Player("comp", 30, 62, "X..X..X...X.X...", 0.15, 50, 50, 25),
            Player("pad", 50, 82, center=60, pan=74),
            Player("bass", 38, 94, "r--r--r---r-o-r-", 0, center=38, room=5),
            Player("bells", 62, 70, "X.....X.........", 0.6, 80, 66),
            Player("drums", level=112, room=18, enters=0.1, kit={
                "kick": "X..x..X...X.....", "snare": BACKBEAT, "clap": BACKBEAT, "hat": EIGHTHS,
                "open hat": "..............x."}),
        ),
    ),
    "calm": Band(
        "major", "D", ("1+9 6+7 4+9 5s", "1+9 3+7 4+7 4+9"), "5s",
        (
            Player("pad", 89, 102, center=60, room=80),
            Player("pad", 49, 76, enters=0.35, center=64, pan=50, room=80),
            Player("arpeggio", 0, 74, "0...2...3...2...", 0.12, 70, 62, 75),
            Player("bass", 43, 52, "r---------------", 0.3, center=40, room=50),
            Player("lead", 0, 72, enters=0.5, center=78, pan=58, room=85),
            Player("bells", 98, 46, "x...............", 0.6, 86, 80, 95),
        ),
        last="1+9",
    ),
    "cinematic": Band(
        "minor", "D", ("1 6 3 7", "1 6 4 5M"), "5M",
        (
            Player("pad", 48, 112, center=58, room=80),
            Player("arpeggio", 48, 74, "0.0.2.0.1.0.2.0.", 0.15, 50, 57, 60),
            Player("bass", 43, 80, "r---r-----r-----", 0.15, center=38, room=55),
            Player("pad", 60, 104, enters=0.5, center=58, pan=78, room=80),
            Player("pad", 52, 86, enters=0.65, center=66, pan=54, room=90),
            Player("lead", 60, 84, enters=0.6, center=67, pan=72, room=75),
            Player("drums", 48, 104, enters=0.3, room=85, kit={
                "low tom": "X..x..X.........", "tom": "..........x.x...", "kick": "X.......X......."}),
        ),
    ),
    "elegant": Band(
        "major", "F", ("1 6+7 2+7 5", "1 4+9 5s 5"), "5+7",
        (
            Player("pad", 48, 82, enters=0.3, center=62, pan=52, room=80),
            Player("comp", 0, 92, "....x...x...x...", 0, 68, 62, 65),
            Player("bass", 0, 88, "r-----------r---", 0, 60, 45, 60),
            Player("lead", 40, 72, enters=0.35, center=76, pan=46, room=85),
            Player("bells", 46, 52, "x.x.x...........", 0.55, 82, 74, 85),
        ),
    ),
    "energetic": Band(
        "minor", "A", ("1 6 3 7", "6 7 1 1"), "7",
        (
            Player("comp", 81, 56, "X..X..X.X..X..X.", 0, 78, 64, 35),
            Player("pad", 90, 74, center=62, pan=48),
            Player("bass", 39, 90, "r.r.r.r.r.r.r.r.", 0, center=38, room=5),
            Player("lead", 80, 56, enters=0.5, center=76, pan=60, room=45),
            Player("arpeggio", 5, 50, "0213021302130213", 0.3, 40, 72, 40),
            Player("drums", level=112, room=18, kit={
                "kick": FOUR, "clap": BACKBEAT, "hat": "..x...x...x...x.", "open hat": "......x.......x."}),
        ),
    ),
    "festive": Band(
        "major", "C", ("1 5 6 4", "1 4 2 5"), "5+7",
        (
            Player("comp", 61, 70, "X.....X.X.......", 0.25, 76, 64, 50),
            Player("pad", 48, 90, center=62, pan=54, room=60),
            Player("arpeggio", 14, 52, "0...2...1...3...", 0, 40, 70, 70),
            Player("bass", 33, 82, "r---f---r---f-o-", 0, center=40, room=10),
            Player("lead", 9, 70, enters=0.4, center=84, pan=70, room=60),
            Player("drums", level=104, room=35, enters=0.1, kit={
                "kick": "X.....x.X.......", "snare": BACKBEAT, "clap": "....X..x....X..x",
                "tambourine": "x.xxx.xxx.xxx.xx"}),
        ),
    ),
    "fresh": Band(
        "major", "G", ("1 5 2 4", "1 3 4 5s"), "5s",
        (
            Player("comp", 25, 80, "X..xX.x.X..xX.x.", 0, 76, 62, 30),
            Player("pad", 89, 72, enters=0.3, center=64),
            Player("bass", 33, 80, "r--r----r--rf---", 0.1, center=41, room=8),
            Player("lead", 12, 78, enters=0.4, center=76, pan=44, room=45),
            Player("drums", level=98, room=22, enters=0.1, kit={
                "kick": "X.....x.X.......", "clap": BACKBEAT, "shaker": SHAKEN}),
        ),
    ),
    "minimal": Band(
        "major", "E", ("1+9 4+9 6+7 5s", "1+9 3+7 4+9 4+9"), "5s",
        (
            Player("arpeggio", 12, 84, "0.2.1.3.2.1.3.2.", 0, 76, 64, 50),
            Player("pad", 89, 84, center=60, room=70),
            Player("arpeggio", 11, 56, "..1...2...3...2.", 0.35, 42, 74, 65),
            Player("bass", 33, 72, "r-----r-----r---", 0.25, center=40, room=10),
            Player("drums", level=82, room=25, enters=0.4, kit={
                "soft kick": "X.......X.......", "stick": BACKBEAT, "shaker": "x.xxx.xxx.xxx.xx"}),
        ),
        last="1+9",
    ),
    "modern": Band(
        "dorian", "E", ("1+7 4 1+7 7", "6 7 1 1"), "7",
        (
            Player("arpeggio", 81, 44, "0213021302130213", 0, 80, 60, 45),
            Player("pad", 89, 94, center=60, pan=54, room=65),
            Player("bass", 38, 88, "r-.rr-.rr-.rr-o.", 0.1, center=38, room=5),
            Player("bells", 98, 56, "x.....x.........", 0.35, 44, 76, 75),
            Player("lead", 80, 44, enters=0.6, center=74, pan=66, room=55),
            Player("drums", level=102, room=16, enters=0.15, kit={
                "kick": FOUR, "snare": BACKBEAT, "hat": "..x...x...x...x.", "maracas": SIXTEENTHS}),
        ),
    ),
    "oriental": Band(
        "hijaz", "D", ("1 1 2 1", "1 4 2 1"), "2",
        (
            Player("pad", 48, 86, center=57, room=75),
            Player("arpeggio", 15, 68, "0.1.2.1.3.2.1.2.", 0.05, 76, 62, 60),
            Player("arpeggio", 24, 80, "0..02.1.0..21...", 0.15, 50, 57, 45),
            Player("bass", 43, 68, "r-----r-r-------", 0.2, center=38, room=45),
            Player("lead", 73, 76, enters=0.3, center=74, pan=58, room=80),
            Player("drums", level=98, room=45, enters=0.15, kit={
                "low conga": "X.....x.X.......", "slap": "..X...X.....X...", "conga": "....x.....x...x.",
                "tambourine": "..x...x...x...x."}),
        ),
    ),
    "playful": Band(
        "major", "C", ("1 6 2 5", "1 4 1 5"), "5+7",
        (
            Player("comp", 45, 92, "..X...X...X...X.", 0, 74, 64, 40),
            Player("pad", 49, 64, enters=0.5, center=62, pan=56, room=60),
            Player("bass", 32, 86, "r---f---r---f-t-", 0, center=41, room=12),
            Player("lead", 9, 72, enters=0.25, center=84, pan=50, room=50),
            Player("arpeggio", 108, 64, "0..1..2.0..1..2.", 0.4, 84, 72, 40),
            Player("drums", level=88, room=30, enters=0.1, kit={
                "stick": BACKBEAT, "block": "..x...x...x..x..", "soft kick": "X.......X.......",
                "shaker": EIGHTHS}),
        ),
        swing=0.28,
    ),
    "serious": Band(
        "minor", "C", ("1 6 3 7", "1 4 6 5s"), "5s",
        (
            Player("comp", 0, 76, "X...x...x...x...", 0, 70, 62, 40),
            Player("pad", 48, 90, center=60, pan=52, room=60),
            Player("arpeggio", 45, 58, "0.2.1.2.0.2.1.2.", 0.3, 44, 64, 45),
            Player("bass", 33, 80, "r-----r-r-----r-", 0.15, center=38, room=8),
            Player("drums", level=92, room=20, enters=0.25, kit={
                "kick": "X.....x.X.......", "stick": BACKBEAT, "hat": EIGHTHS}),
        ),
        last="1+9",
    ),
    "tense": Band(
        "minor", "B", ("1 1 6 6", "1 2 1 7"), "5M",
        (
            Player("arpeggio", 48, 78, "0.0.1.0.0.0.2.1.", 0, 50, 54, 45),
            Player("pad", 44, 80, center=62, pan=76, room=75),
            Player("bass", 43, 78, "r---------r-----", 0, center=36, room=40),
            Player("bells", 98, 50, "........x.......", 0.4, 84, 80, 95),
            Player("drums", level=92, room=60, enters=0.1, kit={
                "claves": "x...x...x...x...", "low tom": "X.........x.....", "kick": "X..............."}),
        ),
        last="1",
    ),
    "warm": Band(
        "major", "G", ("1 5 6 4", "1+9 4+9 6+7 5s"), "5s",
        (
            Player("comp", 24, 86, "X.x.x.xxX.x.x.x.", 0, 74, 60, 35),
            Player("pad", 89, 84, center=62, room=65),
            Player("bass", 32, 74, "r-----f-r-----f-", 0.12, center=41, room=15),
            Player("lead", 0, 76, enters=0.35, center=76, pan=52, room=60),
            Player("pad", 49, 76, enters=0.55, center=64, pan=44, room=75),
            Player("drums", level=82, room=28, enters=0.3, kit={
                "soft kick": "X.....x.X.......", "stick": BACKBEAT, "shaker": SHAKEN}),
        ),
        last="1+9",
    ),
}  # fmt: skip
