import { readAsset } from '../../instruments/assets/read-asset.ts'

/** `experiments/slow-store` -> the text of its readme */
export type Explanations = Readonly<Record<string, string>>

export const loadExplanations = (): Explanations => JSON.parse(readAsset('explanations.json'))

/** By `family/id`, or the id alone; undefined for an unknown one. */
export const findExplanation = (texts: Explanations, id: string): string | undefined =>
  Object.entries(texts).find(([key]) => key === id || key.split('/')[1] === id)?.[1]
