import { type Lean, lean } from './words/lean.ts'

/** Verbs at the head of what is asked for: `profile the search` is no profile, and `page whoever is on call` no page. */
const HEADS = [
  ...lean({ security: 5 }, 'harden, pentest, exploit, attack, sanitize, sanitise, threat-model'),
  ...lean({ security: 4 }, 'audit, encrypt, secure, abuse, protect, obfuscate, redact'),
  ...lean({ security: 2 }, 'assess, rotate, escape, mitigate'),
  ...lean({ security: 0.75 }, 'review, verify, prove, confirm, inspect, investigate'),
  ...lean(
    { performance: 5 },
    'profile, benchmark, optimize, optimise, speed, memoize, memoise, virtualize, load-test, stress, tune',
  ),
  ...lean({ performance: 3 }, 'measure, cache, quantify'),
  ...lean(
    { performance: 2 },
    'shrink, trim, reduce, cut, slim, halve, compare, lazy-load, debounce, throttle, preload, prefetch, batch',
  ),
  ...lean(
    { devops: 5 },
    'deploy, redeploy, provision, dockerize, dockerise, containerize, containerise, alert, scrape, monitor',
  ),
  ...lean(
    { devops: 3.5 },
    'publish, host, pin, bump, mount, roll, ship, release, backup, back, automate, tear, spin, alarm, orchestrate',
  ),
  ...lean({ devops: 1.5 }, 'push, schedule, expose, wire'),
  ...lean(
    { frontend: 4 },
    'style, restyle, center, centre, align, animate, translate, highlight, resize, redesign, theme, colour, color',
  ),
  ...lean(
    { frontend: 2.5 },
    'show, hide, display, render, collapse, expand, grey, gray, indent, preview, move',
  ),
  ...lean(
    { backend: 3 },
    'store, persist, return, respond, reject, migrate, insert, seed, emit, enqueue, dedupe, deduplicate, backfill, soft-delete, answer',
  ),
  ...lean(
    { backend: 2 },
    'validate, send, save, delete, refund, queue, log, query, expire, refuse, forbid, count, sync, import, retry, revoke, cancel, lock, paginate, serialize',
  ),
  ...lean(
    {},
    `add, make, upgrade, fix, implement, change, rename, remove, convert, replace, refactor, rewrite, write, create, build, find, give, let, allow, prevent, stop, extract, support,
     use, switch, put, set, get, keep, bring, take, run, tell, list, check, test, try, look, go, do, clean, drop, split, merge, extend, introduce, handle, update, document, report, repair, tidy,
     close, open, turn, need, limit, include, exclude, apply, copy, skip, wrap, start, record, explain, figure, see, propose, suggest, recommend, summarise, summarize, clear, disable, enable, trace, debug, reproduce, generate, configure, install`,
  ),
]

/** a verb in its plain form (`logs` is none) -> what it says of who is asked */
export const VERBS: ReadonlyMap<string, Lean> = new Map(HEADS)
export const VERB_FORMS: ReadonlySet<string> = new Set(VERBS.keys())
