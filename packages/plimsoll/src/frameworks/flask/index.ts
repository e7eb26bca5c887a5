import { openCode } from '../../languages/python/code/code.ts'
import { defineFramework } from '../define.ts'
import { detectFlask } from './detect.ts'
import { readRoutes } from './routes.ts'
import { flaskStart } from './start.ts'

/**
 * Flask, its blueprints and class views, and the extensions that register routes for it: Flask-RESTful, Flask-RESTX,
 * flask-smorest, connexion.
 *
 * **Contract:** static; what cannot be resolved is told with its place.
 */
export default defineFramework({
  id: 'flask',
  name: 'Flask',
  language: 'python',
  detect: detectFlask,
  routes: (project, module, files) => readRoutes(openCode(project, module.dir, files)),
  start: flaskStart,
  ports: [{ port: 5000, env: 'FLASK_RUN_PORT', from: 'flask run' }],
})
