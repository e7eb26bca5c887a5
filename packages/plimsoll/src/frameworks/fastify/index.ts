import { followRoutes } from '../../languages/javascript/routing/follow.ts'
import { defineFramework } from '../define.ts'
import { createModel, PACKAGES } from './model.ts'

export default defineFramework({
  id: 'fastify',
  name: 'Fastify',
  language: 'javascript',
  detect: (_, module) =>
    module.dependencies.has('fastify') ? { version: module.versionOf('fastify') } : null,
  routes: (project, module, files) =>
    followRoutes(project, module, files, PACKAGES, createModel(), { framework: 'fastify', style: 'request' }),
})
