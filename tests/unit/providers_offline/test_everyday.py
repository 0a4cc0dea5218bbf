"""Prompts as people type them: each was misread once."""

from __future__ import annotations

from typing import Any

import pytest

from providers.offline.plan import plan
from providers.offline.reading import read

EVERYDAY: dict[str, dict[str, Any]] = {
    "A 15-second vertical launch video for Pocket, a mobile banking app: dark, electric blue, with three "
    "features: instant transfers, savings goals, no fees": {
        "title": "Pocket", "subtitle": "A mobile banking app", "colors": ("#2D5BFF",), "dark": True,
        "points": ["Instant transfers", "Savings goals", "No fees"],
    },
    "Quarterly results for Lumen Labs: revenue 1.2M, 1.8M, 2.4M, 3.9M in Q1 to Q4, a 14 second data film": {
        "title": "Quarterly results for Lumen Labs", "subtitle": "Revenue", "kind": "data",
        "points": ["Q1 1.2M", "Q2 1.8M", "Q3 2.4M", "Q4 3.9M"],
    },
    "Visitors: 1,200, 1,900 and 2,600 from May to July. A chart": {
        "kind": "data", "points": ["May 1,200", "June 1,900", "July 2,600"],
    },
    "Show that our user base grew from 10k to 250k in two years, for investors": {
        "title": "Our user base grew from 10k to 250k in two years", "brand": "", "kind": "data",
        "points": ["Before 10k", "Now 250k"],
    },
    'Make me a short promo for my bakery "Krume" in Berlin. We open at 7am. Warm colours please.': {
        "title": "Krume", "subtitle": "Bakery in Berlin", "brand": "",
    },
    "I need a birthday greeting for my grandmother Elisabeth who turns 80 on Saturday": {
        "title": "Elisabeth", "subtitle": "Turns 80 on Saturday", "kicker": "Happy birthday",
    },
    "Can you make a video for my daughter's 5th birthday? Her name is Mila and she loves dinosaurs": {
        "title": "Mila", "subtitle": "Daughter's 5th birthday", "points": ["She loves dinosaurs"],
    },
    "Explain in 30 seconds how a heat pump heats a house, in three steps": {
        "title": "How a heat pump heats a house", "subtitle": "", "points": [],
    },
    '15s ad for running shoes "Vento": light, fast, made from recycled plastic. End with: Run lighter.': {
        "points": ["Light", "Fast", "Made from recycled plastic"], "call": "Run lighter",
    },
    "Explain photosynthesis to kids": {"title": "Photosynthesis"},
    "Video for our yoga studio, something peaceful, beige and sage green. Text: Breathe in. Breathe out.": {
        "title": "Breathe in", "colors": ("#D7B98A", "#6E8F72"), "points": ["Breathe out"],
    },
    "Lower third for Dr. Anna Weiss, Head of Climate Research": {
        "title": "Head of Climate Research", "brand": "",
        "points": ["Dr. Anna Weiss Head of Climate Research"],
    },
    "A quote by Marcus Aurelius: The happiness of your life depends on the quality of your thoughts": {
        "title": "The happiness of your life depends on the quality of your thoughts", "kind": "quote",
        "brand": "",
    },
    'Trailer for my sci-fi novel "The Glass Tide". Moody, teal and black, 20 seconds': {
        "title": "The Glass Tide", "subtitle": "Sci-fi novel", "brand": "", "tone": "cinematic",
    },
    "Wedding invitation for Leila and Omar, 12 June 2027, Villa Rosa, elegant gold on ivory": {
        "title": "Leila and Omar", "points": ["12 June 2027", "Villa Rosa"], "colors": ("#C79A3B", "#F1E9D6"),
    },
    "Our hackathon starts in 3 days! Hype video, neon pink and purple, square": {
        "title": "Hackathon", "subtitle": "Starts in 3 days", "brand": "",
    },
    "Please announce that our office is moving to Hamburg on 1 September 2027": {
        "title": "Our office is moving to Hamburg", "subtitle": "On 1 September 2027", "brand": "",
    },
    "We're hiring! Senior engineers, remote, great pay. Apply at jobs.acme.io": {
        "title": "We're hiring", "points": ["Senior engineers", "Remote", "Great pay"], "call": "Apply",
        "link": "jobs.acme.io",
    },
    "Make a thank you video for our volunteers at the city marathon": {"kicker": "Thank you"},
    'Title sequence for the documentary "Salt Roads", slow, cinematic, black and sand': {"tone": "cinematic"},
    "Countdown for new year's eve": {"title": "New year's eve"},
    "sale!!! 50% off all plants @ Green Corner till sunday": {
        "brand": "Green Corner", "points": ["50% off all plants", "Till sunday"],
    },
    "I want something like an Apple keynote intro for our drone, called Kestrel 2. Sleek, white, minimal.": {
        "title": "Kestrel 2", "subtitle": "Our drone", "dark": False,
    },
    "make a video about my cat": {"title": "My cat"},
    "We are Fjord Coffee, a small roastery in Bergen. Make an ad for our winter blend, 12 seconds, cosy": {
        "title": "Winter blend", "subtitle": "A small roastery in Bergen", "brand": "Fjord Coffee",
    },
    "Top 5 tips for better sleep: no screens, cool room, short walk": {
        "title": "Top 5 tips for better sleep", "points": ["No screens", "Cool room", "Short walk"],
    },
    "Instagram reel: 3 reasons to visit Lisbon — the light, the food, the trams": {
        "title": "3 reasons to visit Lisbon", "points": ["The light", "The food", "The trams"],
    },
    "Happy New Year 2027 from the team at Northwind": {
        "title": "Happy New Year 2027", "subtitle": "From the team at Northwind", "brand": "Northwind",
    },
    "Save the date: Anna & Ben, 4 September 2027, Lake Como": {
        "title": "Anna & Ben", "brand": "Anna & Ben", "kicker": "Save the date",
        "points": ["4 September 2027", "Lake Como"],
    },
    'A testimonial: "Director saved us two days a week." - Jana Novak, Head of Video at Brightly': {
        "title": "Director saved us two days a week", "subtitle": "", "brand": "",
    },
    "Explain how to brew coffee: rinse the filter, pour slowly, wait 3 minutes": {
        "seconds": None, "points": ["Rinse the filter", "Pour slowly", "Wait 3 minutes"],
    },
    'Podcast clip: "You cannot rush a garden" – Ella Frost on The Slow Show, episode 42': {
        "brand": "The Slow Show", "kind": "audiogram",
    },
    "Breaking news: Storm Ida reaches the coast. Winds up to 140 km/h. Schools stay closed": {
        "title": "Storm Ida reaches the coast", "points": ["Winds up to 140 km/h", "Schools stay closed"],
    },
    "Data story about bees: 2010 120, 2015 96, 2020 74": {"points": ["2010 120", "2015 96", "2020 74"]},
    "App promo for Moodlog: track your mood, see patterns. Purple. Download on the App Store": {
        "points": ["Track your mood", "See patterns"], "call": "Download on the App Store",
    },
    "Wir suchen dich! Ausbildung zum Tischler. Bewirb dich unter holzwerk-brandt.de": {
        "title": "Wir suchen dich", "brand": "", "call": "Bewirb dich", "link": "holzwerk-brandt.de",
    },
    "إعلان عن مطعم زيتون: مأكولات طازجة، توصيل مجاني. اللون أخضر وعمودي": {
        "points": ["مأكولات طازجة", "توصيل مجاني"],
    },
    "تهنئة بعيد ميلاد ليان الخامس": {"title": "عيد ميلاد ليان الخامس", "kicker": "عيد ميلاد سعيد"},
    "Hi! I run a flower shop called Petal & Stem. Could you make a Valentine's day promo? Free delivery": {
        "title": "Petal & Stem", "kicker": "Valentine's day", "subtitle": "Free delivery", "points": [],
    },
    "Fitness challenge: 30 days, 10 minutes a day, no equipment. Join at moveclub.fit": {
        "points": ["30 days", "10 minutes a day", "No equipment"], "call": "Join",
    },
    'Album release: "Paper Planes" by June Harlow. Out now on all platforms': {
        "title": "Paper Planes", "brand": "June Harlow", "kicker": "", "call": "Out now on all platforms",
    },
    "Thank our customers for 10,000 orders": {"title": "Thank you for 10,000 orders", "brand": ""},
    'Motivational quote for Monday: "Start before you are ready."': {"brand": ""},
    "Museum night on Saturday 12 October, 7 pm to 1 am": {"title": "Museum night", "brand": "", "dark": None},
    'Lyrics style video: "We are the quiet ones" then "We are the storm" then "We are home"': {
        "title": "We are the quiet ones", "subtitle": "", "points": ["We are the storm", "We are home"],
    },
    'Erstelle ein Werbevideo für unsere neue Seife "Waldluft": handgemacht, vegan. Grün, ruhig': {
        "title": "Waldluft", "brand": "", "points": ["Handgemacht", "Vegan"],
    },
    "Eine Einladung zum Sommerfest der Schule, 21. Juni, 15 Uhr, mit Musik, Kuchen und Tombola": {
        "points": ["21. Juni", "15 Uhr", "Musik", "Kuchen", "Tombola"],
    },
    "فيديو ترويجي مدته 15 ثانية لتطبيق سفر اسمه رحلة، ألوان زرقاء": {
        "title": "رحلة", "subtitle": "تطبيق سفر", "brand": "رحلة",
    },
}  # fmt: skip


@pytest.mark.parametrize("prompt", EVERYDAY)
def test_a_prompt_is_read_as_it_was_meant(prompt: str) -> None:
    wish = read(prompt)
    found: dict[str, Any] = {
        **wish.model_dump(),
        "points": [" ".join(filter(None, (each.title, each.text))) for each in wish.points],
    }
    wanted = EVERYDAY[prompt]
    assert {name: found[name] for name in wanted} == wanted


def test_what_cannot_be_known_is_told_and_not_filled() -> None:
    wish = read("A 20 second explainer: how does rainwater harvesting work? Calm, blue and green")
    assert "name its steps" in " ".join(wish.asides)
    assert {shot.says for shot in plan(wish, ["basic"]).shots} == {wish.title}
