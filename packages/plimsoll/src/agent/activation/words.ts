import { BACKEND } from './words/backend.ts'
import { DEVOPS } from './words/devops.ts'
import { FRONTEND } from './words/frontend.ts'
import type { Phrases } from './words/lean.ts'
import { OTHERWISE } from './words/otherwise.ts'
import { PERFORMANCE } from './words/performance.ts'
import { SECURITY } from './words/security.ts'

/** phrase -> lean; the longer phrase is tried first, and of two alike, the leans are joined. */
export const LEANS: Phrases = [...OTHERWISE, ...SECURITY, ...PERFORMANCE, ...DEVOPS, ...FRONTEND, ...BACKEND]
