import { givenIn, succeeded, toldBy } from '../answers.ts'
import type { Bench } from '../bench.ts'
import type { Family, Sighting } from '../family.ts'
import type { Point } from '../points.ts'

const ROUNDS = 3

const half = (own: string) => Math.ceil(own.length / 2)

/** Between two halves of a value: nothing where the condition holds, other letters where it does not. */
const between = (own: string, condition: string) =>
  `${own.slice(0, half(own))}'||(CASE WHEN ${condition} THEN '' ELSE 'zqx' END)||'${own.slice(half(own))}`

type Form = { id: string; make(own: string, condition: string): string; fits(own: string): boolean }

const FORMS: readonly Form[] = [
  { id: 'text', make: between, fits: (own) => own.length > 1 },
  {
    id: 'number',
    make: (own, condition) => `${own} AND (CASE WHEN ${condition} THEN 1 ELSE 0 END)=1`,
    fits: (own) => /^\d+$/.test(own),
  },
  {
    id: 'any',
    make: (own, condition) => `${own}zqx' OR (CASE WHEN ${condition} THEN 1 ELSE 0 END)=1 OR 'a'='b`,
    fits: () => true,
  },
]

const shootPair = async (point: Point, bench: Bench, { id, make }: Form): Promise<[Sighting, Sighting]> => {
  const n = bench.random.integer(1_000, 9_999)
  const shoot = (holds: boolean) =>
    bench.shoot(point, {
      role: `${id} ${holds ? 'true' : 'false'}`,
      make: (own) => make(own, `${n}=${holds ? n : n + 1}`),
    })
  return [await shoot(true), await shoot(false)]
}

const differ = (one: Sighting, other: Sighting) => toldBy(one) !== toldBy(other)

/** Fails, or lists less: what a condition that does not hold makes of a search. */
const saysLess = (less: Sighting, more: Sighting) =>
  succeeded(more.exchange) && (!succeeded(less.exchange) || givenIn(less.exchange) < givenIn(more.exchange))

/** The usual answer to the usual value; where the app repeats the question, it repeats another one. */
const answersAs = (control: Sighting, one: Sighting) =>
  toldBy({ sent: '', exchange: control.exchange }) === toldBy(one, control.sent)

const allAlike = (sightings: readonly Sighting[]) => new Set(sightings.map((one) => toldBy(one))).size === 1

const proves = (form: Form, sightings: readonly Sighting[]): boolean => {
  const holds = sightings.filter(({ role }) => role === `${form.id} true`)
  const fails = sightings.filter(({ role }) => role === `${form.id} false`)
  const controls = sightings.filter(({ role }) => role === 'control')
  const enough = holds.length >= ROUNDS && fails.length >= ROUNDS && controls.length > 0
  if (!enough || !allAlike(holds) || !allAlike(fails)) return false
  const asUsual =
    form.id === 'any' || controls.every((control) => holds.every((one) => answersAs(control, one)))
  return (
    asUsual &&
    fails.every((less) =>
      holds.every((more) => saysLess(less, more) || (form.id !== 'any' && differ(less, more))),
    )
  )
}

/** A database whose statements are not seen: conditions in SQL decide what the answer says. */
export const sqlBlind: Family = {
  id: 'sql-blind',
  title: 'SQL injection',
  cwe: 89,
  harm: 'runs SQL that the caller writes',
  repairs: [
    'Pass values as parameters (?, :name), never as part of the text.',
    'Choose columns and directions of ORDER BY from a list in the code: a name cannot be a parameter.',
  ],
  suits: ({ place }, app) => app.sql === 'blind' && place.in !== 'header',
  async attempt(point, bench) {
    const control = await bench.shoot(point, { role: 'control', make: (own) => own })
    const sent = [control]
    for (const form of FORMS.filter(({ fits }) => fits(bench.ownOf(point).text))) {
      const first = await shootPair(point, bench, form)
      sent.push(...first)
      if (!differ(...first)) continue
      while (sent.filter(({ role }) => role === `${form.id} true`).length < ROUNDS)
        sent.push(...(await shootPair(point, bench, form)))
      if (proves(form, sent)) return sent
    }
    return sent
  },
  weigh: (sightings) => {
    const form = FORMS.find((one) => proves(one, sightings))
    if (form === undefined) return null
    const of = (role: string) => sightings.find((one) => one.role === role)
    const show = [of(`${form.id} true`), of(`${form.id} false`), of('control')]
    return {
      severity: 'critical',
      says: `the answer depends on whether a condition in SQL holds (${ROUNDS} of ${ROUNDS} with other numbers)`,
      show: show.filter((one) => one !== undefined),
    }
  },
}
