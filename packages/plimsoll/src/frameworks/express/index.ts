import { followRoutes } from '../../languages/javascript/routing/follow.ts'
import { defineFramework } from '../define.ts'
import { createModel, PACKAGES } from './model.ts'

export default defineFramework({
  id: 'express',
  name: 'Express',
  language: 'javascript',
  detect: (_, module) =>
    module.dependencies.has('express') ? { version: module.versionOf('express') } : null,
  routes: (project, module, files) =>
    followRoutes(project, module, files, PACKAGES, createModel(), { framework: 'express', style: 'request' }),
})
