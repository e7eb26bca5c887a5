import { render } from 'preact'
import { conclude } from '../../../plimsoll/src/model/reading/conclusion.ts'
import { App } from './app.tsx'
import { readData } from './read-data.ts'
import './style/tokens.css'
import './style/base.css'
import './style/frame.css'
import './style/summary.css'
import './style/verdict.css'
import './style/evidence.css'
import './style/load.css'
import './style/measured.css'
import './style/appendix.css'
import './style/print.css'

const data = readData(document)
document.title = `${conclude(data.run).sentence} · ${data.run.system.name} · Plimsoll`

const root = document.getElementById('app')
if (root) render(<App {...data} />, root)
