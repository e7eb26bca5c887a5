import Fastify from 'fastify'
import { authenticate } from './authenticate.js'
import { answerError, answerUnknownRoute } from './problems.js'
import accounts from './routes/accounts.js'
import categories from './routes/categories.js'
import loans from './routes/loans.js'
import meta from './routes/meta.js'
import reviews from './routes/reviews.js'
import tools from './routes/tools.js'
import { schemas } from './schemas.js'

const app = Fastify({ logger: { level: 'warn' } })

for (const schema of schemas) app.addSchema(schema)
app.decorateRequest('account', null)
app.decorate('authenticate', authenticate)
app.setErrorHandler(answerError)
app.setNotFoundHandler(answerUnknownRoute)

app.register(meta)
app.register(accounts)
app.register(categories)
app.register(tools)
app.register(reviews)
app.register(loans)

await app.listen({ port: Number(process.env.PORT ?? 3000), host: '0.0.0.0' })
