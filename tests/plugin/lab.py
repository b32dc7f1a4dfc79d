"""A page with what JupyterLab has: menus, a file list, an upload button, a kernel, a terminal, cells far down."""

LAB = """<!doctype html><html lang=en><title>Lab</title><style>li { list-style: none } pre { margin: 0 }
[role=menu] { position: fixed; top: 40px; background: white; z-index: 1 } [role=menu][hidden] { display: none }
#cells { height: 200px; overflow: auto } .jp-InputPrompt { display: inline }</style>
<ul role=menubar><li role=menuitem tabindex=0 onclick="open_('run')">Run</li></ul>
<ul role=menu id=run hidden><li role=menuitem><div>Run Selected</div> <div>Shift+Enter</div></li>
<li role=menuitem onclick="open_('more')"><div>More</div></li>
<li role=menuitem aria-disabled=true><div>Render All</div></li></ul>
<ul role=menu id=more hidden style="left: 200px"><li role=menuitem onclick="runAll()"><div>Run All Cells</div>
<div>F9</div></li></ul>
<main><p id=said>Nothing yet</p>
<ul id=files><li aria-label="Name: data Size: 4 KB"><div>data</div><div>1m ago</div></li>
<li aria-label="Name: python.ipynb Size: 8 KB"><div>python.ipynb</div></li></ul>
<button onclick="chooser.click()">Upload Files</button><button>Nothing happens</button>
<label>Survey <input type=file onchange="took(this)"></label>
<div id=cells><div class=jp-CodeCell><div class=jp-InputPrompt>[ ]:</div><div class=cm-content>1</div>
<div data-mime-type="application/vnd.jupyter.stderr"></div></div>
<div class=jp-CodeCell><div class=jp-InputPrompt>[ ]:</div><div class=cm-content>2</div></div>
<pre id=table></pre><div id=window style="position: relative; height: 3000px"></div></div></main>
<div id=terminal></div><footer><button id=kernel>Python 3 | Idle</button></footer>
<script>
const $ = id => document.getElementById(id), say = what => { $('said').textContent = what; };
const open_ = id => { $(id).hidden = false; };
for (const li of document.querySelectorAll('#files li')) {
  li.ondblclick = () => say('Opened ' + li.children[0].innerText);
}
const chooser = document.createElement('input');
chooser.type = 'file';
const took = input => input.files[0].text().then(text => say('Read ' + text.trim()));
chooser.onchange = () => took(chooser);
const prompts = document.querySelectorAll('.jp-InputPrompt');
function runAll() {
  $('run').hidden = $('more').hidden = true;
  prompts.forEach(each => { each.textContent = '[*]:'; });
  setTimeout(() => { $('kernel').textContent = 'Python 3 | Busy'; }, 50);
  setTimeout(() => {
    $('kernel').textContent = 'Python 3 | Idle';
    prompts[0].textContent = '[1]:';
    prompts[1].textContent = FAILS ? '[ ]:' : '[2]:';
    const red = 'Traceback (most recent call last)\\n\\nKeyError: 7';
    if (FAILS) document.querySelector('[data-mime-type]').textContent = red;
    else $('table').textContent = 'got |   mean\\n----+-------\\n  0 |  .3398';
  }, 300);
}
// Of the lines of a long list only those exist that are in view.
const shown = () => {
  $('window').replaceChildren(...Array.from({length: 8}, (_, i) => {
    const n = Math.min(Math.floor($('cells').scrollTop / 30), 92) + i, line = document.createElement('div');
    line.textContent = n === 70 ? 'Estimate 0.447' : 'line ' + n;
    line.style = `position: absolute; top: ${n * 30}px; height: 30px`;
    return line;
  }));
};
$('cells').onscroll = shown;
shown();

// A shell whose screen is read as xterm.js has it read.
if (SHELL) {
  $('terminal').innerHTML = '<div class=xterm><textarea aria-label="Terminal input"></textarea>' +
    '<div class=xterm-accessibility-tree role=list style="height: 120px; overflow: auto"></div></div>';
  const input = document.querySelector('textarea'), rows = document.querySelector('.xterm-accessibility-tree');
  let lines = ['jdoe:~$ '], folder = '~', answer = null;
  const draw = () => rows.replaceChildren(...[...lines, ''].map(line => {
    const row = document.createElement('div');
    row.setAttribute('role', 'listitem');
    row.textContent = line || '\\u00a0';
    return row;
  }));
  const prompt = () => { lines.push(`jdoe:${folder}$ `); draw(); };
  const asks = (question, then) => { lines.push(question + ' '); draw(); answer = then; };
  const commands = {
    'ls': () => { lines.push('ends in $', 'data'); draw(); setTimeout(prompt, 200); },
    'cd data': () => { folder = '~/data'; prompt(); },
    'clear': () => { lines = []; prompt(); },
    'hang': () => { lines.push('working ...'); draw(); },
    'passwd': () => asks('Password:', said => asks('Again:', again => {
      lines.push(said === again ? 'changed' : 'they differ');
      prompt();
    })),
    'name': () => asks('Name:', () => prompt()),
  };
  let typed = '';
  input.onkeydown = event => {
    const hidden = /^(Password|Again):/.test(lines.at(-1)) && !ECHO;
    if (event.key === 'Enter') {
      const said = typed, then = answer;
      [typed, answer] = ['', null];
      if (then) then(said); else commands[said]();
    } else if (event.key.length === 1) {
      typed += event.key;
      if (!hidden) lines.push(lines.pop() + event.key);
      draw();
    }
    event.preventDefault();
  };
  setTimeout(draw, 100);
}
</script>"""


def lab(*, shell: bool = True, fails: bool = False, echo: bool = False) -> str:
    """The page; without a terminal, with a cell that fails, or with a terminal that shows every answer."""
    flags = {"SHELL": shell, "FAILS": fails, "ECHO": echo}
    set_ = "; ".join(f"globalThis.{name} = {str(value).lower()}" for name, value in flags.items())
    return LAB.replace("<script>", f"<script>{set_};\n", 1)
