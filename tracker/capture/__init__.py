"""How documents come in: one file per format, and what their own words say of title, publisher and date.

    sources.items         a file, a folder or standard input  -> documents and refusals
    formats.FORMATS       the end of a name                   -> the format's `parse`
    plain, markdown, page, records, feed, archive             bytes -> drafts
    vetted -> syndicated, sitemap; json_feed; entries         what `feed` is made of: XML that may be read, who reads it, and
                                                              what all feeds get wrong put right
    pinned                bytes -> the text whose characters evidence counts
    declared, sidecar     what is declared of a document; header, dating: what its words say
    draft.settle          a draft and all that is known of it -> an item

Bad input is a `Refused` with its reason, never an exception, and the rest goes on.
"""
