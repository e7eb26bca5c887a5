import { readFile } from 'node:fs/promises'
import { store } from '../store.js'

const document = JSON.parse(await readFile(new URL('../openapi.json', import.meta.url), 'utf8'))

export default async (app) => {
  app.get('/health', async () => ({ status: 'ok' }))

  app.get('/openapi.json', async () => document)

  app.get('/stats', async () => ({
    tools: store.tools.size,
    categories: store.categories.size,
    openLoans: [...store.loans.values()].filter(({ returnedAt }) => returnedAt === null).length,
  }))
}
