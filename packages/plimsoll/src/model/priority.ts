import { z } from 'zod'

/** Reliability (with data integrity) > security > performance > features > convenience; earlier wins everywhere. */
export const CATEGORIES = [
  'reliability',
  'integrity',
  'security',
  'performance',
  'api',
  'operability',
  'compliance',
  'quality',
] as const

export const Category = z.enum(CATEGORIES)
export type Category = z.infer<typeof Category>

export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const
export const Severity = z.enum(SEVERITIES)
export type Severity = z.infer<typeof Severity>

/** Sorts the more important first. */
export const byCategory = (a: Category, b: Category) => CATEGORIES.indexOf(a) - CATEGORIES.indexOf(b)
export const bySeverity = (a: Severity, b: Severity) => SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b)
