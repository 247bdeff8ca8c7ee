"""Where a text speaks of a subject."""


def places(subject, form):
    return [m.text for m in subject.mentions if m.form == form]
