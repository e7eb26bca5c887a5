import express from 'express'

const app = express()
app.use(express.json())

const sum = (formula) =>
  String(formula)
    .split('+')
    .map(Number)
    .reduce((total, term) => total + term, 0)

app.post('/formulas', (req, res) => {
  const { formula } = req.body
  const value = sum(formula)
  if (!Number.isFinite(value)) return res.status(422).json({ error: 'a sum of numbers is wanted' })
  res.json({ formula, value })
})

app.listen(Number(process.env.PORT ?? 3000))
