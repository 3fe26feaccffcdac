import type { Tool } from './tool.js';
import { actionTool } from './tools/action.js';
import { explainTool } from './tools/explain.js';
import { findingTool } from './tools/finding.js';
import { findingsTool } from './tools/findings.js';
import { fixTool } from './tools/fix.js';
import { limitTool } from './tools/limit.js';
import { planTool } from './tools/plan.js';
import { reportTool } from './tools/report.js';
import { runsTool } from './tools/runs.js';
import { whatIfTool } from './tools/what-if.js';

/** Every tool, in the order in which people would ask. */
export const tools: readonly Tool[] = [
  runsTool,
  reportTool,
  findingsTool,
  findingTool,
  planTool,
  actionTool,
  whatIfTool,
  fixTool,
  limitTool,
  explainTool,
];
