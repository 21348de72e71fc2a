import { HOUSEHOLD_DRAWINGS } from './householdDrawings';
import { LEISURE_DRAWINGS } from './leisureDrawings';
import { TOOL_DRAWINGS } from './toolDrawings';

/** Simple SVG drawings of items, each in a box of 100 by 100. */
export const DRAWINGS = {
  ...TOOL_DRAWINGS,
  ...HOUSEHOLD_DRAWINGS,
  ...LEISURE_DRAWINGS,
};

/** Name of a drawing. */
export type Drawing = keyof typeof DRAWINGS;
