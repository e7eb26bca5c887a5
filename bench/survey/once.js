// One survey in a process of its own: node once.js <built code> <folder>. Prints one line of JSON.
import { pathToFileURL } from 'node:url'

const [built = '', folder = ''] = process.argv.slice(2)
const load = (file) => import(pathToFileURL(`${built}/${file}`).href)
const { surveyFolder } = await load('survey/survey-folder.js')
const { languages } = await load('languages/catalogue.generated.js')
const { frameworks } = await load('frameworks/catalogue.generated.js')
const { stores } = await load('stores/catalogue.generated.js')

const startMs = performance.now()
const before = process.cpuUsage()
const { system } = await surveyFolder(folder, { languages, frameworks, stores })
const used = process.cpuUsage(before)
console.log(
  JSON.stringify({
    files: system.files.read,
    routes: system.services.reduce((sum, service) => sum + service.routes.length, 0),
    ms: performance.now() - startMs,
    cpuMs: (used.user + used.system) / 1000,
    maxRssMb: process.resourceUsage().maxRSS / 1024,
  }),
)
