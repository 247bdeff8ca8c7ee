"""Making, listing and revoking tokens, as an operator does."""


def test_a_token_is_shown_once_and_can_be_revoked(fresh):
    made = fresh("tokens", "add", "Ann Example", "--scope", "claims", "--scope", "subjects", "--expires", "2099-06-30")
    assert made.code == 0
    secret = made.out.strip()
    assert secret.startswith("trk_")
    assert "not shown again" in made.err
    (line,) = fresh("tokens", "list", "--json").json
    assert (line["name"], line["scopes"], line["state"]) == ("Ann Example", ["claims", "subjects"], "valid")
    shown = fresh("tokens", "list").out
    assert "Ann Example" in shown
    assert "claims, subjects" in shown
    assert secret not in shown
    assert fresh("tokens", "revoke", "Ann Example").code == 0
    assert fresh("tokens", "list", "--json").json[0]["state"] == "revoked"
    assert fresh("tokens", "revoke", "Ann Example").code == 3


def test_what_makes_no_sense_is_told_in_one_line(fresh):
    for wrong, words in (
        (("Ann", "--scope", "everything"), "--scope: 'everything' is none of claims, subjects, sources"),
        (("Ann", "--scope", "claims", "--expires", "soon"), "--expires: 'soon' is no day"),
        (("Ann", "--scope", "claims", "--expires", "1999-01-01"), "is past"),
        (("", "--scope", "claims"), "is no name"),
    ):
        answer = fresh("tokens", "add", *wrong)
        assert (answer.code, words in answer.err) == (2, True), answer.err
    assert "No token has been made" in fresh("tokens", "list").out
    assert fresh("tokens", "add", "Ann", "--scope", "claims", "--json").json["secret"].startswith("trk_")
