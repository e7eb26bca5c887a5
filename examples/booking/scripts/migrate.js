import { readdir, readFile } from 'node:fs/promises'
import { pool, transaction } from '../src/db.js'

const folder = new URL('../migrations/', import.meta.url)
const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()

await transaction(async (client) => {
  await client.query('SELECT pg_advisory_xact_lock(40713)')
  await client.query('CREATE TABLE IF NOT EXISTS schema_migrations (file text PRIMARY KEY)')
  const { rows } = await client.query('SELECT file FROM schema_migrations')
  const applied = new Set(rows.map((row) => row.file))
  for (const file of files.filter((file) => !applied.has(file))) {
    await client.query(await readFile(new URL(file, folder), 'utf8'))
    await client.query('INSERT INTO schema_migrations (file) VALUES ($1)', [file])
    console.log(`applied ${file}`)
  }
})

await pool.end()
