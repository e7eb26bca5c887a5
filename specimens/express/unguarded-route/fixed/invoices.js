import { Router } from 'express'
import { requireUser } from './sessions.js'

const kept = new Map()

export const invoices = Router()

invoices.use(requireUser)

invoices.get('/', (_req, res) => res.json([...kept.values()]))

invoices.post('/', (req, res) => {
  const invoice = { id: kept.size + 1, cents: Number(req.body.cents) }
  kept.set(invoice.id, invoice)
  res.status(201).json(invoice)
})

invoices.delete('/:id', (req, res) => {
  kept.delete(Number(req.params.id))
  res.status(204).end()
})
