import express from 'express'

const app = express()
app.use(express.json())

app.post('/formulas', (req, res) => {
  const { formula } = req.body
  const value = new Function(`return ${formula}`)()
  res.json({ formula, value })
})

app.listen(Number(process.env.PORT ?? 3000))
