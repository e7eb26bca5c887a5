import { readSentence } from './clauses.ts'
import { VERB_FORMS } from './heads.ts'

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** Verbs in their plain form after which something has to be otherwise than it was. */
const CHANGING = words(`
  add make fix implement change rename remove convert replace refactor rewrite write create build extract support switch
  drop split merge extend introduce handle update repair mend correct patch resolve solve tidy limit include exclude apply
  wrap delete migrate harden secure encrypt protect sanitize sanitise escape redact obfuscate mitigate rotate optimize
  optimise speed tune cache memoize memoise virtualize shrink trim reduce cut slim halve lazy-load debounce throttle
  preload prefetch batch paginate serialize validate reject refuse forbid return respond store persist prevent stop allow
  let enable disable style restyle center centre align animate translate highlight resize redesign theme collapse hide
  dockerize dockerise containerize containerise provision automate backfill seed insert dedupe deduplicate soft-delete
  enforce guard lock retry revoke expire cancel refund enqueue emit configure install pin bump upgrade mount document
  require expose wire integrate adjust improve simplify clean scaffold port complete finish put turn move set get keep
  generate skip clear save send count show display render accept ensure cover adapt bring schedule append prepend invert
  revert restore undo unify inline close publish host strike decrease increase`)

/** Of these the object decides: `write a test` changes a file, `write a summary` does not. */
const TELLABLE = words(
  'write make create generate build prepare put get keep show display count save send return document',
)

const TOLD =
  /^(?:(?:me|us|up|out|down|together|a|an|the|some|this|that|these|my|our|your|of|all|short|brief|quick|detailed|rough|full|complete|new|small|simple|long|clear|first|step|by) )*(?:summar(?:y|ies)|overviews?|explanations?|reports?|lists?|plans?|analys[ie]s|comparisons?|reviews?|proposals?|suggestions?|estimates?|assessments?|opinions?|answers?|ideas?|advice|diagrams?|descriptions?|poems?|jokes?|notes on|routes|endpoints|operations|questions|sure you|sense|tables? of|numbers|figures|findings|how|what|which|why|where|whether|many)(?: (?:of|about|on|for|that|which|how|why|what|with|in|down|there|are|is|between|from|we|they|exist|have|to)\b|$)/
/** `let me know`, `make sure you understand`, `keep in mind` */
const TALK =
  /^(?:me|us)$|^(?:me|us) (?:know|see|understand|have)\b|^in mind\b|^sure (?:you|i) (?:understand|know|read)\b/

const QUESTION =
  /^(?:(?:and|so|but|also|please|then|ok|hi|hello|hey|well) )*(?:which|what|where|why|who|whose|how|can|could|does|do|did|is|are|was|were|may|might|would|should|shall|will|has|have|am)\b/
/** A wish in the form of a question. */
const POLITE =
  /^(?:(?:and|so|but|also|please|then|ok|hi|hello|hey|well),? )*(?:can|could|would|will) (?:you|we|it be possible to|somebody|someone)(?: please| kindly| also| just| perhaps)?,? (?!tell|explain|say|show me|list)|^(?:why (?:not|don't (?:you|we))|how about|what about) (?=\w+(?:ing)?\b)/
const DO_NOT = /\b(?:do not|don't|never|without|no) (?:\w+ )?(?:chang|modif|edit|touch|writ|fix|implement)\w*/

/** What should be otherwise, or is not as it should be, without a verb that asks. */
const DEMAND =
  /\b(?:should|must|shall|ought to|has to|have to|needs? to|may (?:only|not))\b|\b(?:we|i|they|it|you|users?|customers?|clients?|admins?|app|api|there) (?:(?:really|also|urgently|still|would|must|should) )*(?:needs?|wants?|like|be)(?: to be)? (?:an?|some|another|new|more)\b|^(?:new|missing|needs?) (?:an?|\w+)\b|\b(?:please|pls)$/
const DEFECT =
  /\b(?:doesn't|does not|don't|do not|cannot|can't|won't|isn't|is not|aren't|never) (?:\w+ )?(?:work|return|load|save|answer|respond|show|update|get|start|send|valid|check|let|allow|match|work)\w*\b|\b(?:fails?|failing|crash(?:es|ed)?|broken|breaks|leaks?|loses|lost|wrong|bug|too slow|500|instead of|expected|collides|blows up|hangs|twice|stale|unreadable|overlaps?|typeerror|exception)\b/
const TOLD_ONLY =
  /\b(?:tell|explain|describe|summari[sz]e|find out|check|verify|see|know|understand|wonder(?:ing)?|curious|review|audit|list|investigate|analy[sz]e|whether|figure out|prove|confirm|inspect|look|measure|profile|benchmark|compare|suggest|propose|recommend|run|which|what|why|how)\b/

const sentencesOf = (task: string): string[] =>
  task
    .split(/(?<=[.!?])\s+|\n+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '')

const VERBS: ReadonlySet<string> = new Set([...VERB_FORMS, ...CHANGING])

/** Behind words that lead to it: `in the sample create a table`. */
const INNER =
  /^(?:in|on|for|at|from|after|before|when|while|if|as) [^?]*?[, ](?:add|create|implement|fix|remove|build|make|write|rename|replace|append|prevent) (?:an?|the|it|that|this|them|one|each|every|all|another|some|support)\b/

/** Whether one of the verbs that something is asked for with is one of change. */
const asksWithVerb = (sentence: string): boolean =>
  readSentence(sentence, VERBS).clauses.some(({ words: said, head }) => {
    const verb = said[head] ?? ''
    if (head < 0 || !CHANGING.has(verb)) return false
    const rest = said.slice(head + 1).join(' ')
    return !TALK.test(rest) && !(TELLABLE.has(verb) && TOLD.test(rest))
  })

const asksIn = (sentence: string): boolean => {
  const plain = sentence.toLowerCase()
  if (DO_NOT.test(plain) && !/\bbut\b/.test(plain)) return false
  if (QUESTION.test(plain) || plain.endsWith('?'))
    return POLITE.test(plain)
      ? asksWithVerb(plain.replace(POLITE, '').replace(/\?$/, ''))
      : /,? (?:and|then) (?:please )?(?:fix|repair|mend|correct|solve|resolve|add|change|remove|implement) /.test(
          plain,
        )
  if (asksWithVerb(sentence) || INNER.test(plain)) return true
  return !TOLD_ONLY.test(plain) && (DEMAND.test(plain) || DEFECT.test(plain))
}

/**
 * Whether a task asks for something to be built, changed or repaired, and not only for an answer. What is asked in the
 * form of a question is a question, unless it is a wish: `can you add …?`
 */
export const asksForChange = (task: string): boolean => sentencesOf(task).some(asksIn)
