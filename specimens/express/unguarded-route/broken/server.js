import express from 'express'
import { invoices } from './invoices.js'
import { login } from './sessions.js'

const app = express()
app.use(express.json())

app.get('/plans', (_req, res) => res.json([{ name: 'free' }, { name: 'team' }]))
app.post('/login', login)
app.use('/invoices', invoices)

app.listen(Number(process.env.PORT ?? 3000))
