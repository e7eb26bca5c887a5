import type { Lean } from './words/lean.ts'

type Intent = { what: string; pattern: RegExp; unless?: RegExp; lean: Lean; isSoft?: true; isMood?: true }

const ANYBODY = String.raw`(?:any|some|every)(?:body|one)|an? (?:\w+ ){0,3}?(?:user|viewer|guest|visitor|stranger|attacker|hacker|outsider|competitor|editor|customer|person|member|admin|employee|script|bot|site|website|page)|one (?:user|customer|tenant|member)|(?:other|normal|regular|plain|ordinary|anonymous|logged out) (?:users?|people|customers|tenants|visitors)|people|strangers|they`
const MISDEED = `read|see|edit|change|delete|remove|access|download|view|learn|call|list|reach|sign up as|become|take over|abuse|guess|forge|upload|inject|bypass|run|execute|steal|get|dump|enumerate|fake|replay|reuse|overwrite|escalate|grant|pretend|craft|trick|modify|fetch|use|be used|set|pass|send|order|buy|make|register|reset|hijack|talk|write`

/**
 * What a sentence is about that no single word of it says. A soft one yields where the thing is another's; a mood only
 * says something where something of the trade is said, too.
 */
export const INTENTS: readonly Intent[] = [
  {
    what: 'a question of yes or no',
    pattern:
      /(?:^|[.!?;:,)–—-]\s+|\b(?:and|or|so|but|whether|if) )(?:(?:can|could|would|will|should|may|might) (?!you\b|we\b(?! be)|it be possible|there be)|(?:is|are|does|do|did|has|have) (?!you\b|we have to|not\b))[^.?!]{6,}\?|\b(?:check|verify|confirm|prove|find out|tell me|refute|test) (?:that|whether|if)\b|\bconfirm or refute\b|\bplease (?:confirm|verify)\b|\bsuppose (?:that )?(?:some|an?|the)\b/,
    lean: { security: 2.5 },
    isMood: true,
  },
  {
    what: 'a question of who or which',
    pattern:
      /\b(?:who|which|what)\b[^.?!]*\b(?:can|could|may|might|able|allowed|supposed|should not|open|reach|leak|risks?|dangerous|affected|unsafe|us)\b[^.!]*\?/,
    lean: { security: 2 },
    isMood: true,
  },
  {
    what: 'asks why, or how much',
    pattern:
      /(?:^|[.!?;:,)–—-]\s+|\band )(?:why|where (?:does|do|is|are|did)|what gives|how (?:many|much|long|fast|big|large|far|does|do)|what(?:'s| is| are| makes| limits| takes| holds| spends| uses) (?:the (?:biggest|smallest|largest|slowest|costliest|most)|limiting|holding|eating|taking|using|so)?)\b[^.?!]*\?/,
    lean: { performance: 1.5 },
    isMood: true,
  },
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
      /\b(?:bring|take|lead|redirect|return) (?:me|us|them|you|the (?:user|visitor)) (?:back )?(?:to|there|where)\b|\b(?:keep|remember|forget|forgets|lose|loses) the (?:selected|chosen|choice|selection|last|filter|position|tab)\b|\bi (?:land|end up) on\b/,
    lean: { frontend: 2 },
  },
  {
    what: 'open to anybody',
    pattern:
      /\b(?:any(?:body|one)|every(?:body|one)|strangers?|any (?:logged in )?(?:user|client|caller|customer)|other users|outsiders?) (?:(?:on|in|with|from|at) (?:\w+ ){1,3})?(?:can|could|may|to|is able to|who|with (?:the|a)|become|becoming)\b/,
    unless: /\bmay (?:only|not) be\b/,
    lean: { security: 3 },
  },
  {
    what: 'what belongs to another',
    pattern:
      /\b(?:somebody|someone|anybody|anyone) else(?:'s|s)?\b|\banother (?:user|customer|tenant|person|member|account)(?:'s|s)\b|\bother (?:people|users?|customers?|tenants?|members?|accounts?)(?:'s?|s')? (?!can|should)|\bof (?:other|another) (?:users?|projects?|tenants?|customers?|people)\b|(?:\bnot|n't) (?:his|hers|theirs|mine|yours|(?:their|your|my) own)\b|\b(?:of|from|in|to) (?:a |an )?(?:different|foreign) (?:user|tenant|project|account|customer|owner|organi[sz]ation)/,
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
    what: 'how long it takes',
    pattern:
      /\bhow (?:long|slow|fast|heavy) (?:does|do|will|would|did|is|are)\b(?![^?]*\b(?:valid|kept|live|expire|last)\b)/,
    lean: { performance: 3 },
    isMood: true,
  },
  {
    what: 'a machine at its limit',
    pattern:
      /\b(?:cpu|cores?|memory|ram|heap)\b[^.?!]{0,24}\b\d{2,3} ?%|\b\d{2,3} ?% (?:of )?(?:the |one )?(?:cpu|core|memory|ram|heap)\b/,
    lean: { performance: 4 },
  },
  {
    what: 'so much of it',
    pattern:
      /\b(?:ships?|weighs?|downloads?|loads?|pulls?|transfers?|eats?|holds?|allocates?|needs?) (?:in )?(?:about |over |more than |nearly )?\d+(?:[.,]\d+)? ?(?:kb|mb|gb|bytes|ms|s|seconds?)\b/,
    lean: { performance: 3 },
    isSoft: true,
  },
  {
    what: 'is that wise',
    pattern:
      /\bis (?:that|it|this) (?:\w+ )?(?:wise|safe|ok|okay|dangerous|a (?:problem|risk|danger|danger)|bad|secure|exploitable)\b|\bwhat(?: would| could)? happens? (?:if|when) (?:i|we|you|some\w+|any\w+|a client|a user|an?) (?:\w+ )?(?:sends?|changed?s?|tampers?|forges?|posts?|replays?|guess\w*|uploads?|puts?|calls?|steals?|use[sd]?)\b|\bhow (?:would|could|can|might|to|(?:i|you|we|one)'d|(?:i|you|one) (?:could|would|can)) (?:(?:you|i|we|one|somebody|someone) )?(?:steal|get (?:\w+ )?(?:admin|user|other|another|somebody|someone|root|secret|token|password)|get hold|take over|become|impersonate|log in as|break|dump|read|extract|fake|forge|see|change|get at|get into|abuse|attack|hack|bypass|become)/,
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
      /\b(?:write|build|create|make|need|needs|add|set up|start|design|define|draft|specify) (?:\w+ ){0,4}?(?:server|backend|api|openapi|database)\b(?! (?:call|component|error|key|page|client))/,
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
    what: 'a rule of the business',
    pattern:
      /\b(?:should|must|may|can) (?:only |not |never |also |be able to )*(?:be )?(?:refused?|rejected?|deleted?|stored?|saved?|dropped|removed?|unique|ignored?|counted?|sent|send|validated?|limited|expired?|kept|computed|cancelled|refunded|archived|ignore|belong|accept|return|answer|respond|work only once|happen)\b|\bneeds? (?:an? )(?:\w+ )?(?:date|field|maximum|minimum|limit|owner|status|number|history|code)\b|\ball or nothing\b|\b(?:in the same|at the same|simultaneously|concurrently|two \w+ (?:edit|book|buy|order|use))\b|\b(?:prevent it|refuse it|reject it)\b|\bcase insensitive\b|\bignor(?:e|ing) case\b|\bkeep a history\b/,
    lean: { backend: 2 },
  },
  {
    what: 'so many requests',
    pattern:
      /\b(?:makes?|causes?|issues?|fires?|sends?|does|runs?|triggers?|needs?) (?:\w+ )?\d{2,} (?:\w+ )?(?:requests?|queries|selects?|calls?|round ?trips?|renders?)\b/,
    lean: { performance: 4 },
  },
  {
    what: 'where the time goes',
    pattern:
      /\bwhere (?:does|is|do|did) (?:it|the time|all|the memory|most|that time|the rest)\b|\b(?:costs?|eats?|uses?|takes?|spends?) (?:us )?(?:the most|too much|so much|most of|most time|so long|too long|longer|ages|forever|way too|minutes|hours|seconds|several seconds|half a (?:second|minute)|a (?:second|minute|full|whole|good))\b|\bwhat(?:'s| is| makes| are) (?:\w+ ){0,4}?(?:so )?(?:slow\w*|heavy|big|expensive|large)\b/,
    lean: { performance: 3.5 },
    isSoft: true,
  },
  {
    what: 'a query or call for each',
    pattern:
      /\b(?:one|a|an extra|a separate|another|own|\d+) (?:\w+ ){0,2}?(?:quer(?:y|ies)|selects?|round ?trips?|requests?|calls?) (?:per|for (?:each|every))\b|\b(?:hundreds|thousands|dozens|\d{2,}k?) (?:of )?(?:quer(?:y|ies)|selects|times|calls)\b/,
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
    what: 'for visitors with a hand or an eye',
    pattern:
      /\bwhen (?:i|you|we|one|users?|someone) (?:click|press|tap|drag|hover|scroll|zoom|type|resize|switch|open|close|select|hit|paste|double|swipe|pinch|focus|tab)\w*|\bon (?:mobile|phones?|ios|android|desktop|hover|click|small screens?|an? (?:iphone|ipad|phone|tablet))\b|\b(?:press|hit)(?:ing)? (?:enter|escape|esc|tab|ctrl|cmd|shift|the)\b|\b\d+ ?px\b/,
    lean: { frontend: 3 },
  },
  {
    what: 'what somebody could do',
    pattern:
      /\bwhat (?:can|could|may|might|would) (?:an? )?(?:attacker|some(?:one|body)|any(?:one|body)|\w+ with)\b|\bwhat (?:an? |the )?\w+ (?:can|could|may|might|would) (?:then )?do\b/,
    lean: { security: 4 },
  },
  {
    what: 'how it bears up',
    pattern:
      /\b(?:behaves?|holds? up|copes?|survives?|performs?|fares?|stands?|does) (?:\w+ ){0,3}?(?:with|under|at|against|when) (?:\d{2,}|heavy|many|load|peak|hundreds|thousands)|\bhow many (?:\w+ ){1,4}?(?:a|per|each|every) (?:second|minute|hour)\b|\bnumbers for\b.*\d/,
    lean: { performance: 3.5 },
  },
]
