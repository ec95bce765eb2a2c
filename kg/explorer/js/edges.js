// Lines: whole for what is asserted, dashed for what is only planned or denied; with a head around the chosen node.

const DASH = "16.0"; // length of a dash and its gap, in sigma's measure of pixels

/** A program of sigma that draws dashes: the fragment shader drops the second half of every stretch. */
function dashed(Program) {
  return class extends Program {
    getDefinition() {
      const known = super.getDefinition();
      const along = "length(a_positionEnd - a_positionStart) / u_correctionRatio * a_positionCoef";
      return {
        ...known,
        VERTEX_SHADER_SOURCE: known.VERTEX_SHADER_SOURCE.replace(
          "void main() {",
          `varying float v_along;\nvoid main() {\n  v_along = ${along};`,
        ),
        FRAGMENT_SHADER_SOURCE: known.FRAGMENT_SHADER_SOURCE.replace(
          "precision mediump float;",
          "precision highp float;",
        ).replace(
          "void main(void) {",
          `varying float v_along;\nvoid main(void) {\n  #ifndef PICKING_MODE\n  if (mod(v_along, ${DASH}) > ${DASH} * 0.5) discard;\n  #endif`,
        ),
      };
    }
  };
}

// Sigma has programs of these two names in any case, and draws them in this order.
const NAMES = { thin: "arrow", strong: "line", thinDashed: "thinDashed", strongDashed: "strongDashed" };

/** The type of an edge, as sigma names programs. */
export function edgeType(strong, whole) {
  return NAMES[(strong ? "strong" : "thin") + (whole ? "" : "Dashed")];
}

/** Programs by the type of edge. */
export function edgePrograms(vendor) {
  const { EdgeRectangleProgram, createEdgeClampedProgram, createEdgeArrowHeadProgram, createEdgeCompoundProgram } =
    vendor;
  const head = createEdgeArrowHeadProgram({ lengthToThicknessRatio: 4, widenessToThicknessRatio: 3 });
  const body = createEdgeClampedProgram({ lengthToThicknessRatio: 4 });
  return {
    [NAMES.thin]: EdgeRectangleProgram,
    [NAMES.strong]: createEdgeCompoundProgram([body, head]),
    [NAMES.thinDashed]: dashed(EdgeRectangleProgram),
    [NAMES.strongDashed]: createEdgeCompoundProgram([dashed(body), head]),
  };
}
