"""Which language a text is in, and what a tag is worth."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.language.tongue import tagged, tongue_of

SAID = {
    "en": "The orbiter is to be launched in 2028, and it will carry a camera of the university.",
    "fr": "Le rover sera lancé par l'agence en 2028, et il sera posé sur la Lune avec un atterrisseur indien.",
    "de": "Die Agenturen haben am Montag ein Abkommen unterzeichnet, das den Start der Sonde im Jahr 2028 vorsieht.",
    "es": "Las agencias de los dos países han firmado un acuerdo para enviar una sonda a la Luna en 2028.",
    "it": "La sonda sarà lanciata nel 2028 e dovrebbe arrivare alla Luna con un rover della agenzia.",
    "pt": "A missão será lançada em 2028 pela agência e vai levar uma sonda para a Lua com os seus parceiros.",
    "nl": "De raket is op weg naar de maan en wordt in het najaar gelanceerd door de nieuwe organisatie.",
    "sv": "Raketen ska skjutas upp från Kiruna och den har med sig en satellit som är byggd av studenter.",
    "pl": "Rakieta wystartuje w 2028 roku i będzie to pierwszy lot na Księżyc.",
    "id": "Misi itu akan diluncurkan pada 2028 dan membawa satelit untuk Indonesia.",
    "ja": "月の南極を目指す LUPEX は 2028 年に H3 で打ち上げられる。",
    "zh": "探测器将于2028年发射",
    "ko": "다누리는 2022년에 발사되었다",
    "hi": "इसरो 2028 में चंद्रयान-5 लॉन्च करेगा",
    "mr": "इस्रो 2028 मध्ये यान सोडणार आहे",
    "ta": "விண்கலம் 2028 இல் ஏவப்படும்",
    "ar": "سيطلق المسبار في عام 2028",
    "fa": "کاوشگر در سال ۲۰۲۸ پرتاب می‌شود",
    "ur": "خلائی گاڑی 2028 میں چاند پر جائے گی",
    "ru": "Станция отправится к Луне в 2028 году",
    "uk": "Її запуск відбудеться у 2028 році",
    "el": "Ο δορυφόρος θα εκτοξευθεί το 2028",
    "th": "ยานอวกาศจะขึ้นบินในปี 2028",
}


@pytest.mark.parametrize("tongue", SAID)
def test_a_sentence_shows_its_language(tongue):
    assert tongue_of(SAID[tongue]) == tongue


@pytest.mark.parametrize("text", ["", "2028", "ISRO launches LUPEX", "Ariane 6: lancement", "H3 flight 9", "🚀🚀"])
def test_what_shows_too_little_has_no_language_of_its_own(text):
    assert tongue_of(text) is None


def test_japanese_names_in_an_english_story_do_not_make_it_japanese():
    assert tongue_of(SAID["en"] + " Its name, かぐや, is that of a princess.") == "en"


@pytest.mark.parametrize(
    ("tag", "text", "language"),
    [
        (None, "ISRO launches LUPEX", "en"),
        ("fr", "Ariane 6: lancement", "fr"),
        ("ja", "ISRO launches LUPEX", "en"),
        ("ur", "ISRO launches LUPEX", "en"),
        ("en", SAID["hi"], "hi"),
        ("de", SAID["en"], "en"),
        (None, SAID["fr"], "fr"),
    ],
)
def test_what_a_text_shows_counts_more_than_its_tag(tag, text, language):
    assert tagged(tag, text) == language


@given(st.text())
def test_any_text_gets_an_answer(text):
    assert tongue_of(text) is None or len(tongue_of(text)) == 2
    assert tagged(None, text)
