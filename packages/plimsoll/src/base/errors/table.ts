/**
 * Every error Plimsoll can end in: its kind decides the exit code, the sentence says what and where,
 * the hint says how to mend it. `{name}` is filled from the fault's details. docs/errors.md is made from it.
 */
export const KINDS = {
  usage: { exit: 2, title: 'Usage or configuration' },
  notReady: { exit: 3, title: 'Target or machine not ready' },
  model: { exit: 5, title: 'Model provider' },
  budget: { exit: 6, title: 'Budget exhausted, partial Run written' },
  bug: { exit: 70, title: 'A bug in Plimsoll' },
} as const

export type Kind = keyof typeof KINDS

/** Exit codes that no error owns: they say how a proof ended. */
export const EXIT = {
  proven: 0,
  findings: 1,
  usage: 2,
  notReady: 3,
  inconclusive: 4,
  model: 5,
  budget: 6,
  bug: 70,
  interrupted: 130,
  terminated: 143,
} as const

type Row = { kind: Kind; sentence: string; hint: string }

export const ERRORS = {
  E_USAGE: {
    kind: 'usage',
    sentence: '{message}',
    hint: 'For the words it takes: {command} --help',
  },
  E_CONFIG_INVALID: {
    kind: 'usage',
    sentence: '{file}: {problem}',
    hint: 'Mend that key; "plimsoll init --print" shows a valid file.',
  },
  E_CONFIG_UNREADABLE: {
    kind: 'usage',
    sentence: '{file} could not be read: {problem}',
    hint: 'Mend the file, or remove it; plimsoll runs without one.',
  },
  E_NOT_A_FOLDER: {
    kind: 'usage',
    sentence: '{dir} is not a folder that can be read.',
    hint: 'Give the folder of the backend: plimsoll prove path/to/backend',
  },
  E_NOT_A_RUN: {
    kind: 'usage',
    sentence: '{file} is not a Run: {problem}',
    hint: 'Give a run.json, or a folder below .plimsoll/runs.',
  },
  E_NO_RUN: {
    kind: 'usage',
    sentence: 'There is no Run below {dir}.',
    hint: 'Make one first: plimsoll prove',
  },
  E_NO_SESSION: {
    kind: 'usage',
    sentence: 'There is no session below {dir}.',
    hint: 'Give the agent a task: plimsoll "add refunds to orders"',
  },
  E_SESSION_IN_USE: {
    kind: 'notReady',
    sentence: 'Session {id} is being written by another process ({pid}).',
    hint: 'Wait until it ends, or stop it.',
  },
  E_NO_CHECKPOINT: {
    kind: 'usage',
    sentence: 'Session {id} has no step {step} to go back to.',
    hint: 'For its steps: plimsoll sessions show {id}',
  },
  E_CHANGED_SINCE: {
    kind: 'usage',
    sentence: 'Files that session {id} changed were changed again after it: {files}.',
    hint: 'Going back would undo that, too. If that is meant: plimsoll undo {id} --yes',
  },
  E_TOO_LARGE_TO_COPY: {
    kind: 'notReady',
    sentence:
      'Steps cannot be undone here: git is not installed, and {dir} has {size}, too much to be copied.',
    hint: 'Install git.',
  },
  E_UNKNOWN_ID: { kind: 'usage', sentence: 'Nothing here is called "{id}".', hint: '{candidates}' },
  E_NO_MODEL: {
    kind: 'model',
    sentence: 'No language model is set up, and this needs one: {why}.',
    hint: 'Set ANTHROPIC_API_KEY, OPENAI_API_KEY or GOOGLE_GENERATIVE_AI_API_KEY, or "agent": {"model": "compatible/<name>", "baseUrl": "http://localhost:11434/v1"} in plimsoll.config.json. Without a model: plimsoll prove, plimsoll fix, plimsoll mcp.',
  },
  E_MODEL_FAILED: {
    kind: 'model',
    sentence: '{model} did not answer: {reason}.',
    hint: '{mend}',
  },
  E_OUTSIDE_WORKSPACE: {
    kind: 'usage',
    sentence: '{path} lies outside of the workspace {root}.',
    hint: 'Give a path inside of it; nothing else is read or written.',
  },
  E_FORBIDDEN: {
    kind: 'usage',
    sentence: '{call} is not allowed: {reason}.',
    hint: '{instead}',
  },
  E_NO_BACKEND: {
    kind: 'notReady',
    sentence: 'No backend was recognised in {dir}: {reason}.',
    hint: 'Say how it starts: set "start" in plimsoll.config.json, or give the folder of the service.',
  },
  E_AMBIGUOUS_SERVICE: {
    kind: 'usage',
    sentence: '{dir} holds several services: {services}.',
    hint: 'Choose one with --service <name>, or set "service" in plimsoll.config.json.',
  },
  E_DEPENDENCIES_MISSING: {
    kind: 'notReady',
    sentence: 'The dependencies of {dir} are not installed ({missing}).',
    hint: 'Run "{command}" there, or let the lab do it in its own copy: plimsoll prove --install',
  },
  E_DEPENDENCIES_DIFFER: {
    kind: 'notReady',
    sentence: 'The packages that {ref} wants are not those that are installed in {dir}: {file} differs.',
    hint: 'Let the lab install them for both, in copies of its own: plimsoll compare {a} {b} --install',
  },
  E_NOTHING_TO_COMPARE: {
    kind: 'notReady',
    sentence: 'There is nothing to compare: {reason}.',
    hint: 'Show the lab how to speak to the API: give an example under "requests" in plimsoll.config.json.',
  },
  E_STEP_FAILED: {
    kind: 'notReady',
    sentence: 'The {step} step failed: {command} {outcome}.\n{tail}',
    hint: '{mend}',
  },
  E_TARGET_NOT_READY: {
    kind: 'notReady',
    sentence: 'The app did not become ready within {seconds} s: {reason}.\n{tail}',
    hint: '{mend}',
  },
  E_STORE_UNAVAILABLE: {
    kind: 'notReady',
    sentence: 'The lab needs {store} and could not start one: {reason}.',
    hint: '{install}',
  },
  E_STORE_UNSUPPORTED: {
    kind: 'notReady',
    sentence: 'The app needs {store}, which the lab cannot start yet.',
    hint: 'Name a loopback one that may be thrown away ("stores": { "{key}": { "url": "…" } }), or say that the app runs without it ({ "use": false }), in plimsoll.config.json.',
  },
  E_STORE_NOT_DISPOSABLE: {
    kind: 'notReady',
    sentence: 'The database at {url} {reason}, so the lab will not touch it.',
    hint: 'Give an empty database on this machine, or mark it: CREATE TABLE plimsoll_disposable ();',
  },
  E_STORE_HARD_CODED: {
    kind: 'notReady',
    sentence:
      'The address of {store} ({address}) is written into {place}, so the app would go past the lab to it.',
    hint: 'Let the code read it from a variable; if it does, name it: "env": { "NAME": "{{{store}.url}}" } in plimsoll.config.json.',
  },
  E_PORT_TAKEN: {
    kind: 'notReady',
    sentence: 'The app listens on the fixed port {port}, which another process holds.',
    hint: 'Stop that process, or let the app read its port from the environment: "port.env" in plimsoll.config.json.',
  },
  E_CANNOT_WRITE: {
    kind: 'notReady',
    sentence: '{dir} cannot be written: {problem}.',
    hint: 'Give a folder that can: plimsoll prove --out path/to/folder',
  },
  E_FILE_NOT_WRITTEN: {
    kind: 'notReady',
    sentence: '{file} cannot be written: {problem}.',
    hint: 'Give another file, or none to print it.',
  },
  E_NOT_INSTALLED: {
    kind: 'usage',
    sentence: 'Nothing was changed: {problem}.',
    hint: '{mend}',
  },
  E_NO_ROUTES: {
    kind: 'usage',
    sentence: 'No routes were found in {dir}, so there is nothing to describe.',
    hint: 'plimsoll survey tells what was read, and what could not be followed.',
  },
  E_QUERY_REFUSED: {
    kind: 'usage',
    sentence: 'The statement was refused: {problem}.',
    hint: 'Give one statement that reads: SELECT, EXPLAIN, SHOW. It runs on a copy in the lab, and nothing of it stays.',
  },
  E_REPLAY_CHANGED: {
    kind: 'usage',
    sentence: 'Finding {id} belongs to another state of the code: {change}.',
    hint: 'Prove again: plimsoll prove',
  },
  E_BUG: {
    kind: 'bug',
    sentence: 'Plimsoll broke: {message}',
    hint: 'Please report it with the lines above.',
  },
} as const satisfies Record<string, Row>

export type ErrorCode = keyof typeof ERRORS
