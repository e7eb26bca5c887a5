import express from 'express'
import { fetchRates } from './rates.js'

const app = express()

app.get('/rates', async (_req, res) => res.json(await fetchRates()))

app.listen(Number(process.env.PORT ?? 3000))
