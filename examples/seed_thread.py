"""From a thread that was pasted from a forum to a map, a picture and an answer.

The thread names no authors, does not say where a post begins, repeats a paragraph without a quote
sign, and stands in the file twice. Run it in this folder or anywhere::

    python examples/seed_thread.py [OUTPUT FOLDER]
"""

import sys
from pathlib import Path

from argumap import contested_claims, draw, dump, extract, read_thread, unsupported_claims

thread = read_thread(Path(__file__).parent / "data" / "seed-thread.txt")
for post in thread.posts:
    answers = f" answers {post.parent_id}" if post.parent_id else ""
    print(f"{post.id}, by {post.author}{answers}: {len(post.text)} characters")
for note in thread.notes:
    print(f"  note: {note.message}")

argmap = extract(thread)
unsupported = unsupported_claims(argmap)
contested = set(contested_claims(argmap))
print(f"\n{len(unsupported)} of {len(argmap.claims)} claims lack support:")
for claim in unsupported:
    mark = " (contested)" if claim in contested else ""
    print(f"  {claim.id}, {', '.join(claim.authors)}{mark}: {claim.text}")

folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path()
dump(argmap, folder / "seed.json")
draw(argmap).save(folder / "seed.svg")
draw(argmap).save(folder / "seed.png")
