"""Signs of a craft in the words beside a name: what is said right behind it, and what stands right in front.

Each is a pattern to be matched where a name ends, or searched in the stretch that ends where it begins. They are wordings of
flight, of orbit and of the parts of a craft; which of them are enough for what name is weighed in `deeds`.
"""

import re

from tracker.extractors.rules.subjects.page.crafts import NOT_NAMING, NOUNS, SORTS

_BE = r"(?:was|were|is|are|be|been|being|has been|have been|had been|will be|would be|could be|should be|may be|might be|is to be|are to be|to be)"
_ADVERB = r"(?: (?:\w+ly|first|finally|now|then|later|also|once|already|not|only|to|both))*"
ASIDE = r"(?: \([^()]{1,80}\))?(?:, (?!and\b|which\b|launched\b|due\b)[^,;.:]{1,70},)?(?:,? (?:which|that)|,)?"
_ROCKET = r"(?:aboard|atop|on an?|on its|on the|by an? (?:[\w-]+ ){1,3}rocket|into|from|to|towards?)"
_FLYING = r"(?:launch|lift-?off|blast-?off|orbit|fly|landing|touchdown|splashdown|deployment|re-?entry)"
_SOON = (
    r"(?:in|on|by|before|after|around|no|at|next|this|later|early|late|aboard|atop|from|with|within|during|towards?)"
)

_BODY = r"(?:[\w'-]+ ){0,5}?(?:Moon|moon|lunar|Mars|Martian|Venus|Mercury|Jupiter|Saturn|Titan|Phobos|asteroid|comet|crater)\b"

_SORTS = "|".join(sorted(SORTS, key=len, reverse=True))
_KINDS = "|".join(sorted(n for n in NOUNS if n not in NOT_NAMING))
_CRAFTS = "|".join(
    sorted(
        n
        for n in NOUNS
        if n not in NOT_NAMING
        and n not in ("explorer", "scout", "experiment", "demonstrator", "capsule", "mapper", "observer")
    )
)


SURE = re.compile(
    ASIDE
    + r"(?:"
    + r" \(launched (?:in|on) |,? which (?:flew|flies|weighs|orbits|orbited|circles|circled|landed on|crashed (?:on|into))\b|"
    + rf" {_BE}{_ADVERB} (?:launched|lofted|blasted|flown)(?: [^.;()]{{1,40}}?)? {_ROCKET} "
    + rf"| {_BE}{_ADVERB} (?:orbited|deorbited|de-orbited|deployed (?:in(?:to)?|from|on) |(?:put|placed|injected|inserted|boosted|sent|delivered|carried|lifted|released) (?:in(?:to)?|to|on) (?:[\w-]+ ){{0,4}}(?:orbit|space|trajectory|Space Station|ISS))"
    + r"|(?: (?:has|had|have))?(?: \w+ly)? (?:entered|left|inserted itself into|slipped into|settled into|raised its) (?:[\w'-]+ ){0,4}?orbit\b"
    + r"| (?:orbits|orbited|circles|is orbiting|is circling|is in orbit|remains in orbit) "
    + r"|(?: (?:has|had|have))?(?: \w+ly)? (?:re-?entered|burn(?:ed|t|s) up|disintegrated|separated from|(?:deployed|unfolded|unfurled|extended|opened) its (?:solar|sail|antenna|wings|panels|arm|boom|legs|parachute|telescope|mirror|dish|cover)|fired its|completed its "
    + r"(?:commissioning|primary|prime|nominal|extended|mission)|ended its mission|ran out of (?:fuel|propellant)|tipped over|went silent|fell silent|stopped (?:responding|transmitting|sending|communicating)"
    + r"|failed to (?:separate|deploy|respond|enter|phone|communicate|reach (?:[\w-]+ ){0,2}orbit)|was switched off|was (?:retired|decommissioned)|lost contact|sent (?:back )?(?:its|the) first"
    + r"|undocked|(?:soft|crash|hard)-landed)\b"
    + rf"|(?: (?:is|was|are|were|has been|had been|remains))?{_ADVERB} (?:scheduled|due|set|slated|planned|ready|booked|manifested|cleared|targeted|targeting|on track|pencilled in) (?:for|to) (?:an? )?(?:[\w-]+ )?{_FLYING}\b(?! (?:of|its|an?|the)\b)"
    + rf"| (?:has|have|had) been (?:orbiting|circling|mapping|observing|imaging|surveying|studying|photographing|watching|measuring|monitoring|exploring|roving) (?:the )?{_BODY}"
    + rf"|(?: (?:has|had|have))?(?: \w+ly)? (?:mapped|orbited|circled|photographed|imaged|surveyed|explored|reached|approached|flew (?:past|by|around|over)|arrived (?:at|in orbit around)|left|departed) {_BODY}"
    + r"| (?:was|were|had been) (?:to|due to|set to|scheduled to) (?:have )?(?:be |been )?(?:launch(?:ed)?|lift(?:ed)? off|blast(?:ed)? off|fl(?:y|own)|land(?:ed)?|orbit(?:ed)?|put in(?:to)? orbit|carried|sent (?:up|into)|tak(?:e|en) off)\b"
    + r"| (?:was|is|were|are) (?:supposed|meant|intended|built|designed|due|expected|believed|thought|said|likely|able) to (?:have )?(?:land|orbit|circle|fly (?:by|past|to)|lift off|launch in|be launched|be put|reach (?:[\w'-]+ ){0,3}orbit|landed|crashed)\b"
    + rf"| (?:will|would|is to|are to|is due to|is set to|is expected to|could|should|may|to) (?:be launched|launch|lift off|blast off|ride to (?:space|orbit)) {_SOON}\b"
    + r"| (?:lifted|blasted|took|lifts|blasts) off (?:aboard|atop|on an?|on top of) "
    + rf"|(?: (?:has|had|have))?(?: \w+ly)? (?:landed|touched down|crashed|crash-landed|impacted|lands|crashes|touches down) (?:on|into|near|at) {_BODY}"
    + rf"| (?:(?:is|was) )?(?:scheduled|due|set|expected|to|will|would) (?:to )?(?:land|touch down|attempt to land|set down) (?:on|near|at|in) {_BODY}"
    + r"| (?:is|was) (?:healthy|in safe mode|in good health|fully fuelled|mated with)"
    + r"|'s (?:solar (?:panel|array)s?|antennas?|transponders?|thrusters?|instruments|batter(?:y|ies)|orbit|star trackers?|reaction wheels?|transmitter|fuel tanks?|legs|parachutes?)\b"
    + rf"|(?: (?:{_SORTS}))* (?:spacecraft|satellite|probe|orbiter|lander|rover|telescope|cubesat|observatory)\b"
    + r"| (?:cargo|resupply|supply|crew|transfer) (?:ship|craft|vehicle|freighter|mission|flight|ferry)\b"
    + r")"
)
"""What only a craft does or bears, right behind its name."""
APPOSED = re.compile(
    rf"(?: \([^()]{{1,60}}\))?, (?:an?|the|its|their|another|two|three|four|five|six|ten|\d+|[A-Z][\w-]*'s|now) (?:[\w'.-]+ ){{0,6}}?(?:(?:{_KINDS})s?|constellation|fleet)\b"
    r"(?=[,.;)]|$| (?:of|for|to|that|which|who|built|made|designed|meant|ordered|launched|with|from|in|on|by|run|owned|operated|flying|led|named|called|planned|developed|weighing|carrying|due|about|like|paid|proposed|funded|under|at|the)\b)"
)
"""An apposition that tells what it is: "Harrier, a rover built in Oslo, was …"."""
EQUATED = re.compile(
    ASIDE
    + rf" (?:is|was|will be|would be|is to be|became|becomes|remains) (?:an?|the|its|their|one of (?:the|its|their)|[A-Z][\w-]*'s|[\w-]+'s) (?:(?!(?:to|that|which|who|whose|for|and|maker|head|chief|director)\b)[\w'.-]+ ){{0,6}}?(?:{_CRAFTS})s?\b"
    r"(?=[,.;)]|$| (?:of|for|to|that|which|built|made|designed|meant|ordered|launched|with|from|in|on|by|run|owned|operated|flying|led|planned|developed|weighing|carrying|due|funded|under|at|since|ever)\b)"
)
"""What a name is said to be: "Harrier is the first of six weather satellites", "Harrier will be a lander built in Oslo"."""
HUMAN = re.compile(
    ASIDE
    + rf"(?: {_BE}{_ADVERB} (?:launched|blasted|flown|put|sent|carried|placed)\b| undocked| (?:is|was|remains) (?:in orbit|orbiting|healthy)| (?:will|would|is to|are to|to|is due to|is set to) (?:be launched|launch|lift|blast|ride)"
    + r"|(?: (?:is|was))? (?:scheduled|due|set|slated|ready) (?:for|to) )"
)
"""What may be said of a crew as well."""
LIKELY = re.compile(
    ASIDE
    + r"(?:"
    + rf",? \(?(?:{_BE}{_ADVERB} )?launched (?:in|on|last|this|earlier|by|aboard|atop|together|into|with)\b"
    + r"| (?:lifted|blasted|took) off| (?:lifts|blasts) off| (?:will|is to|is due to) (?:lift|blast) off"
    + r"|(?: (?:has|had|have))?(?: \w+ly)? (?:docked|splashed down|touched down|landed (?:on|in|near|at|inside) |crashed (?:on|onto|into|in|during|while|as|after|before|when|last|moments|minutes|hours)\b|reached (?:[\w'-]+ ){0,4}orbit|arrived at|flew past|flew by|returned to Earth|lost (?:power|attitude))"
    + r"| (?:(?:has |had )?(?:entered|begun|left|completed)|(?:will|is to|to|should|would) (?:enter|begin|start)) (?:commercial |operational )?service| (?:transmits|relays|broadcasts|photographs|orbits|circles|images|maps) |"
    + r" flew (?:in|on|aboard|to) | (?:will|would|is to|are to|could|should|may|to) (?:fly|orbit|map|image|observe|take off|monitor|photograph|measure|survey|relay|land|touch down|circle|rendezvous|dock|carry|roll|drive|hitch|ride|study|join|follow|replace)\b"
    + r"|'s (?:launch|lift-?off|descent|landing|flight|mission|trajectory|payload|cameras?|telescope|radar|launch date|mirrors?|crew|sensors)\b"
    + r"| (?:launch|landing|lift-?off) (?:is|was|has|had|date|window|delayed|set|slips|slipped|postponed|campaign|planned|scheduled|pushed|moved)\b"
    + r",? (?:is )?(?:due|planned|scheduled|expected|targeted) (?:in|for|by) (?:\w+ ){0,3}(?:19|20)\d\d"
    + r"|(?: (?:has been|have been|had been|was|is|were))? (?:delayed|postponed|pushed back|put off|put back|brought forward|moved) (?:again |by \w+ \w+ )?(?:to|until|till|by)\b"
    + r"|(?: (?:has|had))? (?:slipped|slips) (?:to|by|into|from|again)\b| (?:has been|had been|was|is|will be) (?:approved|selected|cancelled|canceled|shelved|dropped|scrapped|mothballed|revived|shipped|lost|deployed|delivered|unveiled|completed|handed over|commissioned|insured|assembled|integrated|fuelled|fueled|mated)\b"
    + r"| (?:went|goes|was sent|was put|shot) up| (?:fell|came) back| (?:is|are) (?:finished|being (?:built|tested|assembled|integrated|shipped|fuelled|designed)|in storage|operational|still (?:working|in use|at work|sending))"
    + r"| (?:was|is to be|will be|has been|is being) (?:built|ordered|assembled|designed|developed) (?:by|in|for|at|from)\b| (?:died|stopped working|broke down) (?:in|after|on)\b"
    + r"| has been (?:working|orbiting|operating|in orbit|in space)\b| (?:is|was|has been) (?:operated|controlled|insured)\b"
    + r"| (?:took|has taken|sent|has sent|beamed|returned|transmitted|has returned|captured|photographed|mapped) "
    + r"|, (?:which|that) (?:flew|flies|orbits|weighs|will|was|is|has)\b| weighs? "
    + r")"
)
"""What a craft does, and a rocket, a crew or something launched on a market too."""
SURELY_AFTER = re.compile(
    r"(?:"
    r"\b(?:[Cc]ontact|[Tt]ouch|[Cc]ommunications?|[Tt]he link|radio link)(?: was| were| had been| has been)?(?: lost| established| restored| re-established| made)? with(?: the)?"
    r"|\b(?:telemetry|radio signals?|first signals?|first images|first light) (?:from|for|of)(?: the)?"
    r"|\b(?:missions?|satellites|microsatellites|nanosatellites|smallsats|probes|spacecraft|cubesats|landers|orbiters|telescopes|rovers|(?:co-?)?passengers?|co-travell?ers?|(?:other |secondary )payloads|(?:[Oo]n board|[Aa]board)) (?:such as|like|including|include|includes|included|are|were)(?: the)?"
    r"|\b(?:[Ss]uccessors?|[Hh]eirs?|[Ss]ister (?:project|satellite|probe|mission|spacecraft)|[Ff]ollow-on|[Rr]eplacement|[Tt]win|[Ss]ister craft|[Pp]recursor|[Pp]redecessor|[Ff]orerunner)(?:,| to,?| of,?) (?:the )?(?:called |named )?"
    r"|\b(?:in-orbit|orbital|commissioning|assembly|integration|vibration|vacuum|environmental) tests? (?:of|on|for)(?: the)?"
    r"|\b(?:de-?orbiting|commissioning|in-orbit operations|re-?entry) of(?: the)?"
    r"|\b[Aa]lso (?:aboard|on board) (?:was|were|is|are)(?: the)?"
    r")(?:(?: the| its)? (?!the )[\w-]+'s)? ?$"
)
"""What stands in front of nothing but the name of a craft, or of its owner."""
WORK_ON = re.compile(
    r"\b(?:(?:[Ww]ork|[Cc]onstruction|[Dd]evelopment|[Aa]ssembly|[Tt]esting|[Bb]uilding|[Ii]ntegration|[Mm]anufactur\w+|[Dd]esign|[Ff]unding|[Aa]pproval|[Mm]oney|euros|dollars|crore|million|contract|[Pp]lans?) (?:on|of|for)"
    r"|[Aa]longside|[Tt]ogether with|along with|build|builds|built|building|developed|developing|assembled|operates?|begin|begun|finish|finished|finance|fund|funded|complete|tested|testing|delivered|shipped|approved|cancell?ed|postponed|selected)(?: the| its)? $"
)
"""What is done with a craft, and with much else."""
LAUNCH_OF = re.compile(
    r"\b(?:[Ll]aunch(?:es|ed|ing)?|[Ll]ift-?off|(?:will|to|would|can|could|may|and) (?:launch|loft|deploy|orbit)|lofted|lofts|lofting|orbited|(?:sent|sends|send|put|puts|shot|shoots) up)(?: of)?(?: the| its)? $"
)
TO_COME = re.compile(r"\b(?:to|will|would|may|could|might) (?:launch|orbit|loft) (?:the |its )?$")
SOME_DAY = re.compile(
    r" (?:(?:in|by|on|before|after|around|no|late in|early in|at the (?:end|start) of|next|this|later) (?:\w+ ){0,3}?(?:(?:19|20)\d\d|year|month|week|spring|summer|autumn|winter|decade|January|February|March|April|May|June|July|August|September|October|November|December)\b)"
)
CREW = re.compile(
    r"\b(?:[Aa]stronauts?|[Cc]osmonauts?|[Tt]aikonauts?|[Cc]rews?|[Cc]rewed|crewmates?|[Gg]aganauts?|[Tt]ourists?|[Cc]ommanders?|pilots?|flew to space)\b"
)
"""Words of people in space: where they stand, two capitals are more often a person than a craft."""
LANDING_OF = re.compile(
    r"\b(?:[Ll]anding|[Dd]ocking|[Tt]ouchdown|[Dd]escent|[Ff]light|[Ss]plashdown|[Dd]eployment) of(?: the)? $"
)
CARRIED = re.compile(
    r"\b(?:carr(?:y|ies|ied|ying)|put|puts|putting|plac(?:e|es|ed|ing)|inject(?:ed|s|ing)?|insert(?:ed|s|ing)?|deliver(?:ed|s|ing)?|sen[dt]|sends|sending|lift(?:ed|s|ing)?|boost(?:ed|s)?|releas(?:e|es|ed|ing)|took|deploy(?:ed|s|ing)?)(?: the)? $"
)
TO_SPACE = re.compile(
    r"(?: \([^()]{1,60}\))?(?: safely| successfully)? (?:in(?:to)?|to|on|toward|towards) (?:[\w'-]+ ){0,5}?(?:orbit|space|Moon|Mars|Venus|Mercury|Jupiter|Saturn|asteroid|comet|trajectory|rocket)\b"
)
WITH_ROCKET = re.compile(
    r"(?: \([^()]{1,60}\))?(?: [\w-]+){0,4}? (?:aboard|atop|into (?:[\w-]+ ){0,3}orbit|to orbit|into space|on (?:an?|its|the) [\w\d ]{2,20}(?:rocket|launcher|[A-Z0-9])|on [A-Z]|from [A-Z])"
)
ENDS = re.compile(
    r"(?: (?:is|was|has|had|will|slipp?ed|slips|would|in|on|by|no|next|this|later|before|after|from|aboard|atop|into|to|with|and|at|last|early|late)\b|[.,;)]|$)"
)
GATE = re.compile(
    r"launch|orbit|land|dock|lift|blast|splash|touch|fl[iye]|flew|space|[Cc]ontact|contact|mission|satellite|probe|rover|due|scheduled|slated|crash|silent|separat|deploy|burn"
    r"|entered|commission|telemetry|signal|successor|twin|follow|weighs|crew|Moon|Mars|carr|sen[dt]|image|aboard|solar|tipped|craft|built|build|order|delay|postpon|push|slip|took|picture|retired|operat|decommission|switched|telescope|rocket|shelved|cancel|approved|went up|arriv|asteroid|comet|service|loft|hoist|deliver|tak(?:e|ing)|puts?\b|map|observ|stud(?:y|ied)|explor|survey|approach|photograph|unfold|unfurl|open|extend|watch|touch"
)
RIDES = re.compile(
    ASIDE
    + r" (?:flew|will fly|would fly|is to fly|was flown|(?:was|were|is|will be|would be|has been|is to be|to be) (?:carried|lofted|launched|hosted|orbited|taken (?:up|to orbit|into space)|sent (?:up|to orbit|into space)|put (?:up|in(?:to)? orbit))|will ride|will launch|launched|lifted off|will lift off|will travel|rode|went up|blasted off) (?:[\w,]+ ){0,5}?(?:on|aboard|atop|by) (?:an? |the |its )?"
)
LOFTED = re.compile(
    r"\b(?:carr(?:y|ies|ied|ying)|launch(?:es|ed|ing)?|loft(?:s|ed|ing)?|puts?|putting|took|takes?|taking|deliver(?:s|ed|ing)?|deploy(?:s|ed|ing)?|hoist(?:s|ed)?|orbit(?:ed|s)?)(?: the| its)? $"
)
"""What a rocket does with the craft that is named next: "A Vega carried Harrier"."""
FIELD = re.compile(
    r"\b(?:satellites?|spacecraft|orbit(?:s|al|ing)?|rockets?|landers?|rovers?|probes?|space agency|spaceport|cubesats?|launch pad|transponders|telescope)\b"
)
"""Words of which one in the sentence makes a name that no word is written like the name of a craft."""
CARRIES = re.compile(
    r" (?:will carry|carries|carried|is to carry|is carrying|hosts|will host) (?:[\w-]+ ){0,3}(?:instruments?|transponders?|payloads?|telescopes?|cameras?|experiments?|sensors?|radars?|spectrometers?|antennas?|detectors?|mirrors?)\b"
)
"""What a craft has on board."""
JOINS = re.compile(
    r"/|(?: \([^()]{1,40}\)| (?:from|of|for|by) (?:the )?[A-Z][\w-]+(?:'s)?(?: [A-Z][\w-]+){0,3})?(?:,? and| and|,| &|,? as well as|,? or)(?: the| its)?(?: [A-Z]\w+(?:an|ese|ish|ch|i))? "
)
"""What stands between two names that share what is said: "A and B", "A from Oslo, B"."""
_PLURAL = r"(?:[Ss]atellites|[Pp]robes|[Ss]pacecraft|[Cc]ube[Ss]ats|[Ll]anders|[Oo]rbiters|[Rr]overs|[Mm]issions|microsatellites|nanosatellites|smallsats|twins|pair|duo|trio|telescopes)"
FLOWN_TOGETHER = re.compile(
    rf"(?: [a-z][\w-]+){{0,2}}? {_PLURAL}\b(?= (?:were|are|will|have|had|lifted|blasted|reached|entered|separated|left|arrived|(?:in|into|to) (?:\w+ ){{0,3}}orbit|aboard|atop|on an? )|,? (?:launched|built|due|which)\b)"
)
"""What tells behind the last of several names that all of them fly: "the A and B satellites were"."""
NAMED = re.compile(
    r"\b(?:[Mm]ission|[Ss]pacecraft|[Cc]raft|[Pp]robe|[Ss]atellite|[Mm]icrosatellite|[Nn]anosatellite|[Cc]ube[Ss]at|[Oo]rbiter|[Ll]ander|[Rr]over|[Tt]elescope|[Oo]bservatory|[Cc]apsule|[Ss]tation"
    rf"|{_PLURAL})\b(?:(?!rocket|instrument|camera|company|astronaut|built by|led by)[^.;]){{0,60}}? (?<!also )(?<!better )(?<!formerly )(?<!once )(?:named|called|dubbed|christened|nicknamed|codenamed|baptised|known as|(?:working |official )?name(?: of)?,?) (?:the )?[\"']?$"
    rf"|\b{_PLURAL}(?:,| -| –|:| \(| named| called| dubbed)? [\"']?$|\b(?:[Tt]he )?(?:two|three|four|five)(?: others?| craft)?, [\"']?$"
    r"|\b(?:craft|spacecraft|probe|satellite|orbiter|lander|rover|mission|telescope) [\"']$"
)
"""What introduces a name: "a probe, to be named X", "the two satellites, X and Y"."""
CALLED = re.compile(
    r"\b(?:[Ii]t|[Tt]hey|[Bb]oth|[Tt]he (?:pair|two|twins|trio|first|second|other|third)) (?:is|are|was|were|will be|would be|has been|have been|had been) (?:to be )?(?:called|named|dubbed|christened|known as) (?:the )?[\"']?$"
)
"""What introduces the name of something told of before: "They are called X and Y"."""
WORKS = re.compile(
    ASIDE
    + r" (?:(?:will|would|is to|are to|is meant to|is designed to|should|may|could|was to|is due to) (?:\w+ly )?(?:orbit|circle|map|image|observe|photograph|land|roll|rove|hop|drive|dock|survey|measure|fly|be flown|test|demonstrate|look|study)"
    r"|(?:lifted|blasted|took|lifts|blasts) off|(?:has |had )?(?:docked|splashed down|touched down|reached (?:[\w'-]+ ){0,3}orbit)|went up|was sent up|was put up|flew (?:on|aboard|past|by))\b"
)
"""What a craft is for and does; a firm of such a name does it not."""
ITEM = re.compile(r"(?: \([^()]{1,60}\))?(?::| [-–—]| ?[|]|\.|,) ")
OF_CRAFT = re.compile(
    r"\b(?:launch\w*|orbit\w*|satellites?|spacecraft|probe|lander|rover|telescope|cubesat|nanosatellite|microsatellite|lift-?off|[Pp]hase [0A-F]\b|design review|flight model|platform|payload|transponders?|commission\w+|splashdown|landing)\b"
)
SPOKEN = re.compile(r"\b(?:we|I|you|our|my|me|us)\b|\?")
