import { parseSync, Visitor } from "oxc-parser";

/** How SQL converts between zones. */
const zoneConversion = /\bat\s+time\s+zone\b|\bset\s+(local\s+)?time\s*zone\b/i;

/**
 * What the rules want to know of one source file.
 * @param {string} file its path; the ending tells the language
 * @param {string} source
 */
export function readModule(file, source) {
  const { program, module, errors } = parseSync(file, source);
  const facts = {
    lines: source.split("\n").length - (source.endsWith("\n") ? 1 : 0),
    imports: [...staticImports(module), ...reExports(module)],
    isUnreadable: errors.length > 0,
    isBarrel: passesOnOnly(program),
    readsEnvironment: false,
    readsClock: false,
    convertsZones: false,
  };
  const importsEnvironment = ({ moduleRequest, entries }) =>
    /^(node:)?process$/.test(moduleRequest.value) && entries.some(({ importName }) => importName.name === "env");
  facts.readsEnvironment = module.staticImports.some(importsEnvironment);
  new Visitor({
    Literal({ value }) {
      if (zoneConversion.test(value)) facts.convertsZones = true;
    },
    TemplateElement({ value }) {
      if (zoneConversion.test(value.raw)) facts.convertsZones = true;
    },
    ImportExpression({ source: from }) {
      const name = literal(from);
      if (name !== null) facts.imports.push({ from: name, isType: false });
    },
    TSImportType({ source: from }) {
      facts.imports.push({ from: from.value, isType: true });
    },
    MemberExpression({ object, property }) {
      if (isNamed(object, "process") && (isNamed(property, "env") || property.value === "env")) {
        facts.readsEnvironment = true;
      }
      if (isNamed(object, "Date") && isNamed(property, "now")) facts.readsClock = true;
    },
    VariableDeclarator({ id, init }) {
      const takesEnvironment = id.type === "ObjectPattern" && id.properties.some(({ key }) => isNamed(key, "env"));
      if (takesEnvironment && isNamed(init, "process")) facts.readsEnvironment = true;
    },
    NewExpression({ callee, arguments: given }) {
      if (isNamed(callee, "Date") && given.length === 0) facts.readsClock = true;
    },
  }).visit(program);
  return facts;
}

function staticImports({ staticImports: statements }) {
  return statements.map(({ moduleRequest, entries }) => ({
    from: moduleRequest.value,
    isType: entries.length > 0 && entries.every(({ isType }) => isType),
  }));
}

function reExports({ staticExports: statements }) {
  return statements
    .flatMap(({ entries }) => entries)
    .filter(({ moduleRequest }) => moduleRequest !== null)
    .map(({ moduleRequest, isType }) => ({ from: moduleRequest.value, isType }));
}

/** A barrel: a file that declares nothing and hands out what others declare. */
function passesOnOnly({ body }) {
  const passesOn = ({ type, declaration }) =>
    type === "ExportAllDeclaration" || (type === "ExportNamedDeclaration" && declaration === null);
  return body.some(passesOn) && body.every((node) => passesOn(node) || node.type === "ImportDeclaration");
}

function literal(node) {
  if (node.type === "Literal" && typeof node.value === "string") return node.value;
  if (node.type === "TemplateLiteral" && node.expressions.length === 0) return node.quasis[0].value.cooked;
  return null;
}

function isNamed(node, name) {
  return node?.type === "Identifier" && node.name === name;
}
