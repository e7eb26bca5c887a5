import { defineFramework } from '../define.ts'
import { readRoutes } from './read-routes.ts'

export default defineFramework({
  id: 'nestjs',
  name: 'NestJS',
  language: 'javascript',
  detect: (_, module) => {
    const used = ['@nestjs/core', '@nestjs/common'].find((name) => module.dependencies.has(name))
    return used === undefined ? null : { version: module.versionOf(used) }
  },
  routes: readRoutes,
  start: (_, module) =>
    module.dependencies.has('@nestjs/cli')
      ? [{ command: 'nest start', dir: module.dir, from: module.manifest }]
      : [],
})
