/** What a sensible client would send for a field of this name. Ordered: the first match counts. */
const BY_NAME: readonly (readonly [RegExp, unknown])[] = [
  [/e-?mail/i, 'plimsoll{{word}}@example.com'],
  [/pass(word|wd|phrase)?$|^pwd$|^secret$/i, 'Plimsoll-1-{{word}}'],
  [/(user|login|nick|display|screen)_?-?name$|^(login|handle|nickname)$/i, 'plimsoll{{word}}'],
  [/phone|mobile|tel$/i, '+1202555{{digits}}'],
  [/uuid|guid/i, '{{uuid}}'],
  [/url|uri|link|website|homepage|image|avatar|picture/i, 'https://example.com/{{word}}'],
  // What ends must end after it began.
  [
    /^(to|end|until|last_?day|check_?out)s?$|^(end|last|until|check_?out)_?(at|on|date|time|day)$|(ends|end)_?(at|on|date|time)$/i,
    '2030-01-16T12:00:00.000Z',
  ],
  [
    /date$|_at$|At$|^(from|to|start|end|begin|until|since)s?$|(starts|ends|start|end)_?(at|on|date|time)?$|deadline|day$/i,
    '2030-01-15T12:00:00.000Z',
  ],
  [/^(is|has|can|should|allow|enable)[A-Z_]|enabled$|active$|published$|completed?$|done$/, true],
  [
    /price|amount|cost|total|balance|quantity|qty|count|seats?$|capacity|stock|number|age$|rating|score|size|limit|duration|minutes|hours|year|weight|height|width|points|cents|(?:tickets|copies|units|percent|discount)$/i,
    1,
  ],
  [/(_id|Id|ID)$/, 1],
  [/country/i, 'NL'],
  [/currency/i, 'EUR'],
  [/lang|locale/i, 'en'],
  [/(tags?|items|list|labels|categories|roles|ids)(List)?$/i, []],
  [/colou?r/i, '#336699'],
  [/zip|postal/i, '1011AB'],
  [/slug|code|sku|key/i, 'plimsoll-{{word}}'],
]

/** A moment for a field known by name: one that ends comes after one that begins. */
export const momentForName = (name: string): string => {
  const named = valueForName(name)
  return typeof named === 'string' && /^\d{4}-\d\d-/.test(named) ? named : '2030-01-15T12:00:00.000Z'
}

/** A plausible value for a field known by name only; placeholders keep it unique. */
export const valueForName = (name: string): unknown =>
  BY_NAME.find(([pattern]) => pattern.test(name))?.[1] ?? 'Plimsoll {{word}}'
