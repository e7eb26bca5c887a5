/** What is known of a repository without reading its code. */
export type RepositoryFacts = {
  /** relative, with forward slashes */
  files: readonly string[]
  /** manifest -> names of what it depends on */
  manifests: Readonly<Record<string, readonly string[]>>
  /** file -> packages that it imports, of those that were read */
  imports?: Readonly<Record<string, readonly string[]>>
}

/** Which side a file, a package or a repository is on; null: none that can be told. */
export type Side = 'backend' | 'frontend' | 'devops'

const SERVER_PACKAGES = new Set(
  `express fastify koa @nestjs/core hapi @hapi/hapi hono restify sails @adonisjs/core loopback apollo-server
  @apollo/server graphql-yoga pg mysql mysql2 mongodb mongoose redis ioredis prisma @prisma/client typeorm knex sequelize
  drizzle-orm mikro-orm @mikro-orm/core objection better-sqlite3 sqlite3 kafkajs amqplib bullmq socket.io passport
  flask django fastapi sqlalchemy starlette connexion tornado aiohttp sanic psycopg psycopg2 psycopg2-binary alembic
  sqlmodel celery uvicorn gunicorn flask-sqlalchemy flask_sqlalchemy djangorestframework
  spring-boot-starter-web spring-boot-starter-webmvc spring-boot-starter-data-jpa spring-boot-starter-jdbc hibernate-core
  org.springframework.boot:spring-boot-starter-web spring-boot-starter-parent
  github.com/gin-gonic/gin github.com/labstack/echo/v4 gorm.io/gorm github.com/go-chi/chi/v5 github.com/gorilla/mux`.split(
    /\s+/,
  ),
)

const BROWSER_PACKAGES = new Set(
  `react react-dom vue @angular/core svelte solid-js preact gatsby lit jquery ember-cli
  react-native expo electron redux react-redux @reduxjs/toolkit zustand mobx tailwindcss @mui/material antd
  @chakra-ui/react styled-components @emotion/react storybook react-router react-router-dom @tanstack/react-query`.split(
    /\s+/,
  ),
)

/** Frameworks whose pages bring their own server. */
const BOTH_PACKAGES = new Set(
  'next nuxt @remix-run/react @remix-run/node astro @sveltejs/kit @tanstack/react-start'.split(' '),
)

/** The side of each dependency of a manifest; some are of both. */
export const sidesOf = (dependencies: readonly string[]): { server: string[]; browser: string[] } => {
  const of = (names: ReadonlySet<string>) =>
    dependencies.filter((name) => names.has(name.toLowerCase()) || BOTH_PACKAGES.has(name.toLowerCase()))
  return { server: of(SERVER_PACKAGES), browser: of(BROWSER_PACKAGES) }
}

const DEVOPS_FILE =
  /(?:^|\/)(?:Dockerfile[^/]*|[^/]*\.dockerfile|(?:docker-)?compose[^/]*\.ya?ml|Jenkinsfile|Procfile|Vagrantfile|Chart\.yaml|nginx[^/]*\.conf|prometheus[^/]*\.ya?ml|\.gitlab-ci\.yml|vercel\.json|netlify\.toml|fly\.toml|render\.ya?ml|renovate\.json5?|dependabot\.ya?ml|Makefile|Tiltfile|skaffold\.ya?ml|values[^/]*\.ya?ml|docker-bake\.hcl)$|\.(?:tf|tfvars|hcl|service|sh|bash)$|(?:^|\/)(?:\.github\/workflows|k8s|kubernetes|helm|charts|terraform|ansible|deploy(?:ment)?|infra(?:structure)?|\.circleci)\//i
const FRONTEND_FILE =
  /\.(?:tsx|jsx|vue|svelte|css|scss|sass|less|styl|html|hbs|ejs|pug)$|(?:^|\/)(?:components?|pages|views|hooks|styles|public|frontend|client|webapp|ui|stories|reducers|slices|templates)\//i
const BACKEND_FILE =
  /(?:^|\/)(?:api|server|backend|services?|controllers?|models?|middlewares?|routes?|routers?|handlers?|migrations?|repositories|entities|entity|resolvers|dao|db|database|schemas?|prisma|seeds?|jobs|workers|queues?|crud)(?:\/|\.(?:[jt]s|py|go|java|cs)$)|\.(?:sql|prisma|proto)$|[A-Za-z]*(?:Controller|Repository|Service|Resource|Entity)\.(?:java|cs|ts|kt)$|\.(?:controller|service|entity|repository|resolver|guard|module|model|dto)\.ts$/i
const SERVER_LANGUAGE = /\.(?:py|java|go|cs|kt|rb|php|rs)$/i

/**
 * The side of one file by its name. A `.ts` file says nothing by itself: its folder does, or the repository.
 */
export const sideOfFile = (file: string): Side | null => {
  if (DEVOPS_FILE.test(file)) return 'devops'
  const isBackend = BACKEND_FILE.test(file)
  if (FRONTEND_FILE.test(file) && !(isBackend && !/\.(?:tsx|jsx|vue|svelte|css|scss|html)$/i.test(file)))
    return 'frontend'
  if (isBackend || SERVER_LANGUAGE.test(file)) return 'backend'
  return null
}

/** The manifest that is nearest above a file. */
export const manifestOf = (file: string, { manifests }: RepositoryFacts): readonly string[] | null => {
  const parts = file.split('/').slice(0, -1)
  for (let depth = parts.length; depth >= 0; depth -= 1) {
    const folder = parts.slice(0, depth).map((part) => `${part}/`)
    const found = Object.entries(manifests).find(
      ([name]) => name.slice(0, name.lastIndexOf('/') + 1) === folder.join(''),
    )
    if (found !== undefined) return found[1]
  }
  return null
}
