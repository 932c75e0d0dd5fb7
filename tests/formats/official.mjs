// Reads Argdown texts, each ended by NUL, and answers each with one line of JSON: what the official
// parser takes it for. Run in a folder from which @argdown/core can be imported.
import { argdown } from "@argdown/core";

const steps = (input, process) =>
  argdown.run({ input, process, throwExceptions: true, logLevel: "error" });

const member = (m) => ({
  text: m.isReference ? null : (m.text ?? "").trim(),
  reference: !!m.isReference,
  role: m.role ?? null,
  tags: m.tags ?? [],
  data: m.data ?? null,
});

const owner = (o) => ({
  members: o.members.map(member),
  tags: o.tags ?? [],
  section: o.section?.id ?? null,
  data: o.data ?? null,
});

const step = (s) => ({
  title: s.title,
  role: s.role,
  rules: s.inference?.inferenceRules ?? null,
  data: s.inference?.data ?? null,
});

const end = (x) =>
  x.type === "inference"
    ? ["inference", x.argumentTitle, x.conclusionIndex]
    : [x.type === "argument" ? "argument" : "statement", x.title];

const section = (s) => ({
  id: s.id,
  level: s.level,
  title: s.title,
  tags: s.tags ?? [],
  data: s.data ?? null,
  children: s.children.map(section),
});

const each = (o, f) => Object.fromEntries(Object.entries(o).map(([k, v]) => [k, f(v)]));

function read(text) {
  try {
    const parsed = steps(text, ["parse-input"]);
    const fault = parsed.parserErrors?.[0];
    if (fault) return { rejected: fault.message, line: fault.token?.startLine ?? null };
    const r = steps(text, ["parse-input", "build-model"]);
    return {
      statements: each(r.statements, owner),
      arguments: each(r.arguments, (a) => ({ ...owner(a), steps: (a.pcs ?? []).map(step) })),
      relations: r.relations.map((x) => [x.relationType, ...end(x.from), ...end(x.to)].join("|")).sort(),
      sections: r.sections.map(section),
      tags: Object.keys(r.tags).sort(),
      frontMatter: r.frontMatter ?? null,
    };
  } catch (fault) {
    return { rejected: String(fault.message ?? fault), line: null };
  }
}

let buffer = "";
process.stdin.setEncoding("utf8");
for await (const chunk of process.stdin) {
  buffer += chunk;
  let stop;
  while ((stop = buffer.indexOf("\0")) >= 0) {
    process.stdout.write(JSON.stringify(read(buffer.slice(0, stop))) + "\n");
    buffer = buffer.slice(stop + 1);
  }
}
