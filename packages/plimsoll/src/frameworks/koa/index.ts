import { followRoutes } from '../../languages/javascript/routing/follow.ts'
import { defineFramework } from '../define.ts'
import { createModel, PACKAGES } from './model.ts'

export default defineFramework({
  id: 'koa',
  name: 'Koa',
  language: 'javascript',
  detect: (_, module) => (module.dependencies.has('koa') ? { version: module.versionOf('koa') } : null),
  routes: (project, module, files) =>
    followRoutes(project, module, files, PACKAGES, createModel(), { framework: 'koa', style: 'context' }),
})
