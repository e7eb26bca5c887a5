import type { StatementRecord } from '../../../model/evidence.ts'
import type { Ledger } from './ledger.ts'
import { byType, FROM_APP, type Reader, readByte, readInt16, readInt32, readText } from './message.ts'
import { type Names, unknownPrepared } from './prepared.ts'
import { readParameters } from './read-bind.ts'
import { readSql, readSqlBatch } from './sql-text.ts'

const STATEMENT = 0x53

/** What one message of the app starts: the statements whose execution it asks for. */
type Take = (reader: Reader) => StatementRecord[]

const NONE: StatementRecord[] = []

/** Follows the app's messages, each whole: names to texts, portals to parameters, and what the store will owe. */
export const createClientMessages = (ledger: Ledger, names: Names) => {
  const parse: Take = (reader) => {
    const name = readText(reader)
    const text = readSql(readText(reader))
    const types: number[] = []
    for (let left = readInt16(reader); left > 0 && reader.at < reader.end; left -= 1)
      types.push(readInt32(reader))
    if (ledger.skips()) return NONE
    const prepared = { text, types }
    names.prepared.set(name, prepared)
    ledger.owe({ kind: 'parse', name, prepared })
    return NONE
  }

  const bind: Take = (reader) => {
    const portal = readText(reader)
    const name = readText(reader)
    const prepared = names.prepared.get(name) ?? unknownPrepared(name)
    const parameters = readParameters(reader, prepared.types)
    names.portals.set(portal, { text: prepared.text, parameters, record: null })
    return NONE
  }

  const describe: Take = (reader) => {
    const kind = readByte(reader)
    if (kind === STATEMENT && !ledger.skips()) {
      ledger.owe({ kind: 'describe', prepared: names.prepared.get(readText(reader)) })
    }
    return NONE
  }

  const execute: Take = (reader) => {
    const portal = names.portals.get(readText(reader))
    if (!portal || ledger.skips()) return NONE
    const isNew = portal.record === null
    const record = portal.record ?? ledger.record(portal.text, portal.parameters)
    portal.record = record
    ledger.owe({ kind: 'execute', record })
    return isNew ? [record] : NONE
  }

  const query: Take = (reader) => {
    const records = readSqlBatch(readText(reader)).map((text) => ledger.record(text, []))
    ledger.owe({ kind: 'query', records, answered: 0 })
    return records
  }

  const functionCall: Take = (reader) => {
    const sql = `(function call ${readInt32(reader)})`
    const record = ledger.record({ sql, shape: '(function call)' }, [])
    ledger.owe({ kind: 'query', records: [record], answered: 0 })
    return [record]
  }

  const close: Take = (reader) => {
    const kind = readByte(reader)
    const name = readText(reader)
    if (!ledger.skips()) (kind === STATEMENT ? names.prepared : names.portals).delete(name)
    return NONE
  }

  const and = (act: () => void): Take => {
    return () => {
      act()
      return NONE
    }
  }

  const takes = byType<Take>([
    [FROM_APP.parse, parse],
    [FROM_APP.bind, bind],
    [FROM_APP.describe, describe],
    [FROM_APP.execute, execute],
    [FROM_APP.query, query],
    [FROM_APP.functionCall, functionCall],
    [FROM_APP.close, close],
    [FROM_APP.sync, and(ledger.sync)],
    [FROM_APP.copyDone, and(ledger.copySent)],
    [FROM_APP.copyFail, and(ledger.copySent)],
  ])

  return (type: number, reader: Reader): StatementRecord[] => takes[type]?.(reader) ?? NONE
}
