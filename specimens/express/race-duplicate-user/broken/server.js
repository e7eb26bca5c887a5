import express from 'express'
import { DataTypes, Sequelize } from 'sequelize'

const sequelize = new Sequelize(process.env.DATABASE_URL, {
  logging: false,
  pool: { max: 10, acquire: 6000 },
  dialectOptions: { connectionTimeoutMillis: 5000, query_timeout: 8000 },
})

const User = sequelize.define(
  'user',
  {
    email: { type: DataTypes.TEXT, allowNull: false, validate: { isEmail: true } },
    name: { type: DataTypes.TEXT, allowNull: false, validate: { len: [1, 80] } },
  },
  { tableName: 'users', underscored: true, updatedAt: false },
)

const app = express()
app.use(express.json())

app.get('/users', async (_req, res) => {
  res.json(await User.findAll({ attributes: ['id', 'name'], order: ['id'], limit: 100 }))
})

app.post('/users', async (req, res) => {
  const { email, name } = req.body ?? {}
  if (typeof email !== 'string') return res.status(400).json({ error: 'email is required' })
  if (typeof name !== 'string') return res.status(400).json({ error: 'name is required' })
  const taken = await User.findOne({ where: { email } })
  if (taken) return res.status(409).json({ error: 'email is already registered' })
  const user = await User.create({ email, name })
  res.status(201).json({ id: user.id, email: user.email, name: user.name })
})

app.use((error, _req, res, _next) => {
  if (error.name === 'SequelizeValidationError') return res.status(400).json({ error: error.message })
  if (error.expose) return res.status(error.status).json({ error: error.message })
  console.error(error.message)
  res.status(503).json({ error: 'try again shortly' })
})

app.listen(Number(process.env.PORT ?? 3000))
