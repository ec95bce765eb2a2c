// The part of sigma and graphology that the explorer uses, as one global: kgVendor.
export { DirectedGraph } from "graphology";
export { default as Sigma } from "sigma";
export {
  EdgeArrowProgram,
  EdgeRectangleProgram,
  createEdgeCompoundProgram,
  createEdgeArrowHeadProgram,
  createEdgeClampedProgram,
} from "sigma/rendering";
export { createNodeBorderProgram } from "@sigma/node-border";
