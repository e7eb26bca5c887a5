import type { Lean } from './words/lean.ts'

type Intent = { what: string; pattern: RegExp; unless?: RegExp; lean: Lean; isSoft?: true }

const ANYBODY = String.raw`(?:any|some|every)(?:body|one)|an? (?:\w+ ){0,3}?(?:user|viewer|guest|visitor|stranger|attacker|hacker|outsider|competitor|editor|customer|person|member|admin|employee|script|bot|site|website|page)|one (?:user|customer|tenant|member)|(?:other|normal|regular|plain|ordinary|anonymous|logged out) (?:users?|people|customers|tenants|visitors)|people|strangers|they`
const MISDEED = `read|see|edit|change|delete|remove|access|download|view|learn|call|list|reach|sign up as|become|take over|abuse|guess|forge|upload|inject|bypass|run|execute|steal|get|dump|enumerate|fake|replay|reuse|overwrite|escalate|grant|pretend|craft|trick|modify|fetch|use|be used|set|pass|send|order|buy|make|register|reset|hijack|talk|write`

/** What a sentence is about that no single word of it says. A soft one yields where the thing is another's. */
export const INTENTS: readonly Intent[] = [
  {
    what: 'who could do harm',
    pattern: new RegExp(
      String.raw`\b(?:can|could|may|might|what if|whether|if|how (?:can|could|would)|would) (?:${ANYBODY}) (?:still |also |really |just |simply |even )?(?:can |could )?(?:${MISDEED})`,
    ),
    unless: /\b(?:should|must|so that|wants?) (?:\w+ )?(?:can|be able)/,
    lean: { security: 3.5 },
  },
  {
    what: 'who may reach it',
    pattern: /(?:^|[.!?,;]\s+|\band )who (?:can|could|may|is able to|has access|else)\b/,
    lean: { security: 3 },
  },
  {
    what: 'the way of a visitor',
    pattern:
      /\b(?:bring|take|send|lead|redirect|return) (?:me|us|them|you|the (?:user|visitor)) (?:back )?(?:to|there|where)\b|\b(?:keep|remember|forget|forgets|lose|loses) the (?:selected|chosen|choice|selection|last|filter|position|tab)\b|\bi (?:land|end up) on\b/,
    lean: { frontend: 2 },
  },
  {
    what: 'drawn again and again',
    pattern:
      /\b(?:re-?)?renders?(?:ed)? (?:\w+ )?(?:twice|three times|\w+ times|too often|on every|on each|for every|for each|again and again|everything)\b/,
    lean: { performance: 4 },
  },
  {
    what: 'what somebody could do',
    pattern:
      /\bwhat (?:can|could|may|might|would) (?:an? )?(?:attacker|some(?:one|body)|any(?:one|body)|\w+ with)\b/,
    lean: { security: 4 },
  },
  {
    what: 'open to anybody',
    pattern:
      /\b(?:any(?:body|one)|every(?:body|one)|strangers?|any (?:logged in )?(?:user|client|caller|customer)|other users|outsiders?) (?:can|could|may|to|is able to|who|with (?:the|a)|become|becoming)\b/,
    unless: /\bmay (?:only|not) be\b/,
    lean: { security: 3 },
  },
  {
    what: 'what belongs to another',
    pattern:
      /\b(?:somebody|someone|anybody|anyone) else(?:'s|s)?\b|\banother (?:user|customer|tenant|person|member|account)(?:'s|s)\b|\bother (?:people|users?|customers?|tenants?|members?|accounts?)(?:'s?|s')? (?!can|should)|\bof (?:other|another) (?:users?|projects?|tenants?|customers?|people)\b|\bnot (?:his|hers|theirs|their own|yours)\b/,
    lean: { security: 3 },
  },
  {
    what: 'what leaks',
    pattern: /\b(?:leak|expos|disclos|reveal|spill|give away|gives away|hand(?:s|ing)? out)\w*/,
    unless:
      /\b(?:memory|heap|ram|grows?|growing|listeners?|subscriptions?|timers?|intervals?|detached|connections? leak|leaks? connections?|handles?|descriptors?|metrics|prometheus|port|endpoint that|as json|rest)\b/,
    lean: { security: 2.5 },
  },
  {
    what: 'what leaks memory',
    pattern: /\bleak\w*/,
    unless:
      /^(?!.*\b(?:memory|heap|ram|grows?|growing|listeners?|subscriptions?|timers?|intervals?|detached|handles?|descriptors?|unmount)\b)/s,
    lean: { performance: 4 },
  },
  {
    what: 'what is kept from the wrong hands',
    pattern:
      /\b(?:passwords?|secrets?|tokens?|keys?|credentials?|cookies?)\b[^.]*\b(?:in (?:the )?(?:logs?|url|query string|repo|repository|git|history|bundle|source|image|localstorage|local storage)|lives? in|visible|readable|strong enough|survive|stay(?:s)? valid|remains? valid)\b/,
    lean: { security: 2.5 },
  },
  {
    what: 'a wish for less of it',
    pattern:
      /\b(?:get|bring|cut|reduce|keep|push|lower|shrink|trim|squeeze|drop|take) (?:it|this|that|them|these|the \w+(?: \w+)?|\w+)? ?(?:down )?(?:to|under|below|by) (?:about |around |half|a |~|<)?(?:\d|half|third|second)/,
    lean: { performance: 3 },
    isSoft: true,
  },
  {
    what: 'how many it bears',
    pattern:
      /\bhow (?:many|much) (?:\w+ ){0,2}?(?:requests?|users?|connections?|clients?|memory|ram|cpu|traffic|load|rows?|queries|orders|messages|time|concurrent|parallel|calls|renders?)\b/,
    lean: { performance: 3.5 },
  },
  {
    what: 'how it bears up',
    pattern:
      /\b(?:behaves?|holds? up|copes?|survives?|performs?|fares?|stands?|does) (?:\w+ ){0,3}?(?:with|under|at|against|when) (?:\d{2,}|heavy|many|load|peak|hundreds|thousands)|\bhow many (?:\w+ ){1,4}?(?:a|per|each|every) (?:second|minute|hour)\b|\bnumbers for\b.*\d/,
    lean: { performance: 3.5 },
  },
  {
    what: 'a thing that goes up and not down',
    pattern:
      /\b(?:climbs?|grows?|rises?|swells?|creeps?|goes up) (?:\w+ ){0,3}?(?:from|by|to|until|over|all|steadily|with|without|forever)\b|\bnever (?:goes|comes) (?:back )?down\b/,
    lean: { performance: 2 },
  },
  {
    what: 'is that wise',
    pattern:
      /\bis (?:that|it|this) (?:\w+ )?(?:wise|safe|ok|okay|dangerous|a (?:problem|risk|danger|danger)|bad|secure|exploitable)\b|\bwhat(?: would| could)? happens? (?:if|when) (?:i|we|you|some\w+|any\w+|a client|a user|an?) (?:\w+ )?(?:sends?|changed?s?|tampers?|forges?|posts?|replays?|guess\w*|uploads?|puts?|calls?|steals?|use[sd]?)\b|\bhow (?:would|could|can|might) (?:you|i|we|one|somebody|someone) (?:steal|break|dump|read|extract|fake|forge|see|change|get at|get into|abuse|attack|hack|bypass|become)/,
    lean: { security: 3.5 },
  },
  {
    what: 'a question about what is to be guarded',
    pattern:
      /(?:^|[.!?;:,]\s+|\band )(?:(?:please )?(?:check|verify|see|find out|tell me|look)(?: \w+){0,2}? )?(?:whether|if|is|are|can|could|does|do|who|what|which|how long|where)\b[^.?!]*\b(?:tokens?|passwords?|secrets?|cookies?|credentials?|keys?|admin|superuser|captcha|sessions?|logout|consoles?|socket|third part(?:y|ies)|anonymous|clients? sends?|redirects?|uploads?|html|javascript|permissions?|hidden|signed|drafts?|private|confidential)\b[^.!]*\?/,
    unless: /\b(?:keyboard|key press|shortcut|slow|why|flicker|hidden behind|primary key|foreign key|fast)\b/,
    lean: { security: 2.5 },
  },
  {
    what: 'a server is to be made',
    pattern:
      /\b(?:write|build|create|make|need|needs|add|set up|start) (?:\w+ ){0,4}?(?:server|backend|api|database)\b(?! (?:call|component|error|key|page|client))/,
    unless: /\b(?:workflow|pipeline|compose|dockerfile|container|deploy)\b/,
    lean: { backend: 2.5 },
  },
  {
    what: 'run by the clock',
    pattern:
      /\b(?:run|rebuild|scan|rebuilt|build|back ?up|backups?|dump|job)\b[^.]*\b(?:nightly|weekly|daily|every (?:night|week|day|six hours|\w+ hours|morning|sunday)|each night|on a schedule)\b|\bnightly (?:job|run|build|scan)\b/,
    lean: { devops: 2 },
  },
  {
    what: 'an image of a container',
    pattern:
      /\b(?:docker|our|the|base|final|smaller|app|container) image (?:is|has|of|should|must|runs?|smaller|to|for|fails?|needs?|contains?|in|gets?|on)\b(?! (?:component|column|field|url))/,
    unless: /\b(?:upload|avatar|gallery|product image|thumbnail|lcp|paint|first image)\b/,
    lean: { devops: 2.5 },
  },
  {
    what: 'a rule of the business',
    pattern:
      /\b(?:should|must|may|can) (?:only |not |never |also |be able to )*(?:be )?(?:refused?|rejected?|deleted?|stored?|saved?|dropped|removed?|unique|ignored?|counted?|sent|send|validated?|limited|expired?|kept|computed|cancelled|refunded|archived|ignore|belong|accept|return|answer|respond|work only once|happen)\b|\bneeds? (?:an? )(?:\w+ )?(?:date|field|maximum|minimum|limit|owner|status|number|history|code)\b|\ball or nothing\b|\b(?:in the same|at the same|simultaneously|concurrently|two \w+ (?:edit|book|buy|order|use))\b|\b(?:prevent it|refuse it|reject it)\b|\bcase insensitive\b|\bignor(?:e|ing) case\b|\bkeep a history\b/,
    lean: { backend: 2 },
  },
  {
    what: 'a check that it never happens',
    pattern:
      /\b(?:verify|check|prove|make sure|ensure|confirm) (?:that )?(?:\w+ ){0,5}?(?:never|cannot|can't|nobody|no one|no other)\b/,
    lean: { security: 2.5 },
  },
  {
    what: 'how it went up',
    pattern:
      /\b(?:went|gone|grew|grown|rose|risen|jumped|increased|climbed|dropped|fell|doubled)(?: up| down)? from (?:about |~)?\d[\d.,]*\s?(?:ms|s|sec\w*|kb|mb|gb|fps|%|rps|req)?/,
    lean: { performance: 3 },
  },
  {
    what: 'so many requests',
    pattern:
      /\b(?:makes?|causes?|issues?|fires?|sends?|does|runs?|triggers?|needs?) (?:\w+ )?\d{2,} (?:\w+ )?(?:requests?|queries|selects?|calls?|round ?trips?|renders?)\b/,
    lean: { performance: 4 },
  },
  {
    what: 'whether somebody could',
    pattern: new RegExp(
      String.raw`(?:^|[.!?:,;]\s+)(?:so |and |also )?(?:can|could|may|might) (?:${ANYBODY})\b[^.!]*\?`,
    ),
    lean: { security: 2.5 },
  },
  {
    what: 'a way round the rules',
    pattern:
      /\bby (?:just |simply |directly )?(?:changing|calling|sending|guessing|tampering|editing|swapping|putting|replaying|manipulating|crafting|forging|setting|adding) (?!support|tests?)/,
    unless: /\b(?:slow|faster|optimi[sz]e)\b/,
    lean: { security: 2 },
  },
  {
    what: "another one's things",
    pattern:
      /\b(?:another|any other) \w+'s\b(?= \w)|\bthat (?:i|he|she|they|you|we) (?:do not|don't|does not|doesn't) own\b/,
    lean: { security: 2.5 },
  },
  {
    what: 'what it costs',
    pattern:
      /\bhow much (?:does|do|time|of)\b[^?.]*\b(?:cost|costs|take|add|adds|eat|use)\b|\bhow does [^?.]* compare (?:with|to)\b|\bwhich (?:\w+ ){1,4}?(?:dominates?|costs?|takes?|is slowest|are slowest|are the slowest|are most expensive|profits?|would profit)\b/,
    lean: { performance: 3.5 },
  },
  {
    what: 'in the way of work',
    pattern:
      /\b(?:blocks?|freezes?|hangs?|locks? up|stalls?|stops?) (?:the \w+(?: \w+)? )?for (?:about |around |over |more than )?(?:\w+ )?(?:seconds?|minutes?|a while)\b|\b(?:seconds?|minutes?) (?:until|before|to become|to be|to start|to open|to load|to answer)\b|\btimes? out\b[^.]*\b(?:under|at|with) \d|\b(?:under|at|with) \d[^.]*\btimes? out\b/,
    lean: { performance: 3.5 },
  },
  {
    what: 'possible for the wrong one',
    pattern:
      /\b(?:can|could|may) (?:i|you|we|one) [^.?!]*\b(?:on behalf|by (?:changing|guessing|sending|editing|calling|replaying|swapping|forging)|without (?:a|the|any|being|knowing))|\bwhat (?:could|can|might) go wrong\b|\bis it possible (?:for \w+ )?to (?:\w+ ){0,3}?(?:get|become|see|read|bypass|forge|change|access|skip|buy|order|guess|reach|use|log in|sign in|upload|inject)\b/,
    lean: { security: 3 },
  },
  {
    what: 'where the time goes',
    pattern:
      /\bwhere (?:does|is|do|did) (?:it|the time|all|the memory|most|that time|the rest)\b|\b(?:costs?|eats?|uses?|takes?|spends?) (?:us )?(?:the most|too much|so much|most of|most time|so long|too long|longer|ages|forever|way too|minutes|hours|seconds|several seconds|half a (?:second|minute)|a (?:second|minute|full|whole|good))\b|\bwhat(?:'s| is| makes| are) (?:\w+ ){0,4}?(?:so )?(?:slow\w*|heavy|big|expensive|large)\b/,
    lean: { performance: 3.5 },
    isSoft: true,
  },
  {
    what: 'before and after',
    pattern:
      /\bbefore ?(?:and|\/|&|vs\.?) ?after\b|\btimings?\b|\bwrite (?:down )?the (?:numbers|figures)\b|\bwhat is gained\b/,
    lean: { performance: 2.5 },
    isSoft: true,
  },
  {
    what: 'a query or call for each',
    pattern:
      /\b(?:one|a|an extra|a separate|another|own|\d+) (?:(?:sql|db|database|separate|extra|single) )*(?:quer(?:y|ies)|selects?|round ?trips?|requests?|calls?) (?:per|for (?:each|every))\b|\b(?:hundreds|thousands|dozens|\d{2,}k?) (?:of )?(?:quer(?:y|ies)|selects|times|calls)\b/,
    lean: { performance: 4 },
  },
  {
    what: 'a great number',
    pattern:
      /\b(?:\d+[.,]?\d*\s?(?:k|m|million|thousand)|\d{1,3}[,.' ]?\d{3,}|\d{4,}) (?:\w+ ){0,2}?(?:rows|records|items|elements|users|flags|orders|articles|products|comments|shapes|entries|events|owners|visits|todos|toggles|points|nodes|files|requests|features|projects|messages|books)\b/,
    lean: { performance: 2 },
    isSoft: true,
  },
  {
    what: 'so many at once',
    pattern:
      /\b\d{2,} (?:concurrent|virtual|parallel|simultaneous)? ?(?:users|connections|clients|people|visitors|threads|vus|editors|collaborators) ?(?:at once|at the same time|at \w+|for|with|are|on)?\b/,
    lean: { performance: 2.5 },
    isSoft: true,
  },
  {
    what: 'run on an event of the repository',
    pattern:
      /\b(?:on|for|per|upon|at|with|after) (?:each|every|all|any|a|the|new|opened)? ?(?:pr|prs|pull requests?|push(?:es)?|merge|commit|commits|tag|release tag|nightly)\b/,
    unless: /\bpush notif/,
    lean: { devops: 3.5 },
  },
  {
    what: 'wake somebody',
    pattern:
      /\b(?:alert|page|pages|alarm|ping|notify|wake|tell) (?:us|whoever|the team|on-call|the on-call|somebody|someone|in slack|on slack|to slack)\b[^.]*\b(?:when|if|once|whenever|fails?|down|missing|stops?|expires?|red)\b|\bpages (?:when|if|us|me|whoever)\b|\b(?:slack|pager|on.call|email us)\b[^.]*\b(?:when|if) [^.]*\b(?:down|fails?|5xx|rate|exceeds|error)\b|\brule that (?:pages|alerts|fires)\b/,
    lean: { devops: 4 },
  },
  {
    what: 'the build, and not what is built',
    pattern:
      /\bci\b|\b(?:the|our) (?:build|pipeline|workflow)s? (?:is|are|fails?|breaks?|broke|takes?|has|runs?|was|should|must)\b|\bbuild (?:fails|failed in|is red|breaks)\b|\b(?:in|by|from) (?:the |our )?(?:ci|workflow|pipeline|github actions)\b|\bactions? (?:fails?|is red)\b/,
    lean: { devops: 2 },
  },
  {
    what: 'for visitors with a hand or an eye',
    pattern:
      /\bwhen (?:i|you|we|one|users?|someone) (?:click|press|tap|drag|hover|scroll|zoom|type|resize|switch|open|close|select|hit|paste|double|swipe|pinch|focus|tab)\w*|\bon (?:mobile|phones?|ios|android|desktop|hover|click|small screens?|an? (?:iphone|ipad|phone|tablet))\b|\b(?:press|hit)(?:ing)? (?:enter|escape|esc|tab|ctrl|cmd|shift|the)\b|\b\d+ ?px\b/,
    lean: { frontend: 3 },
  },
]
