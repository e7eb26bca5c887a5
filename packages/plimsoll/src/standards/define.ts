import type { z } from 'zod'
import { Standard } from '../model/standard.ts'

/** A promise as data; checked when it is loaded, so that a wrong one never reaches a judge. */
export const defineStandard = (standard: z.input<typeof Standard>): Standard => Standard.parse(standard)
