import { render } from 'preact'
import { App } from './app.tsx'
import { readData } from './read-data.ts'
import './style/tokens.css'
import './style/base.css'
import './style/frame.css'
import './style/summary.css'
import './style/verdict.css'
import './style/evidence.css'
import './style/appendix.css'
import './style/print.css'

const root = document.getElementById('app')
if (root) render(<App {...readData(document)} />, root)
