import type { Family } from '../family.ts'
import { address } from './address.ts'
import { code } from './code.ts'
import { command } from './command.ts'
import { deserialise } from './deserialise.ts'
import { header } from './header.ts'
import { nosql } from './nosql.ts'
import { path } from './path.ts'
import { prototype } from './prototype.ts'
import { redirect } from './redirect.ts'
import { script } from './script.ts'
import { sql } from './sql.ts'
import { sqlBlind } from './sql-blind.ts'
import { template } from './template.ts'
import { xml } from './xml.ts'

/**
 * In the order in which they are tried: first the grave ones that tell in few requests, then those that take many, and
 * last what leaves the app changed.
 */
export const FAMILIES: readonly Family[] = [
  ...[sql, command, path, template, address, redirect, script],
  ...[code, deserialise, sqlBlind, xml, header, nosql, prototype],
]

export const familyOf = (id: string): Family | undefined => FAMILIES.find((family) => family.id === id)
