// Sorting, filtering and printing. The page is complete without this script.
;(function () {
  'use strict'
  // A cell sorts by the first number in it, else by its words.
  function keyOf(row, column) {
    var text = row.cells[column].textContent
      .trim()
      .replace(/\u2212/g, '-')
      .replace(/,/g, '')
    var number = /^-?\d+(\.\d+)?/.exec(text)
    return { number: number === null ? null : parseFloat(number[0]), text: text }
  }

  function compare(a, b) {
    if (a.number !== null && b.number !== null) return a.number - b.number
    if (a.number !== null) return -1
    if (b.number !== null) return 1
    return a.text < b.text ? -1 : a.text > b.text ? 1 : 0
  }

  function sortBy(table, column, header) {
    var descending = header.getAttribute('aria-sort') !== 'descending'
    table.querySelectorAll('thead th').forEach(function (other) {
      other.removeAttribute('aria-sort')
    })
    header.setAttribute('aria-sort', descending ? 'descending' : 'ascending')
    var body = table.tBodies[0]
    var rows = Array.from(body.rows).map(function (row) {
      return { row: row, key: keyOf(row, column) }
    })
    rows.sort(function (a, b) {
      return descending ? compare(b.key, a.key) : compare(a.key, b.key)
    })
    rows.forEach(function (entry) {
      body.appendChild(entry.row)
    })
  }

  function addSorting(table) {
    Array.from(table.tHead.rows[0].cells).forEach(function (header, column) {
      var button = document.createElement('button')
      button.type = 'button'
      button.textContent = header.textContent
      button.addEventListener('click', function () {
        sortBy(table, column, header)
      })
      header.textContent = ''
      header.appendChild(button)
    })
  }

  function addFilter(table) {
    if (table.tBodies[0].rows.length < 20) return
    var label = document.createElement('label')
    var input = document.createElement('input')
    input.type = 'search'
    label.className = 'filter'
    label.textContent = table.closest('[data-filter]').dataset.filter + ' '
    label.appendChild(input)
    input.addEventListener('input', function () {
      var wanted = input.value.toLowerCase()
      Array.from(table.tBodies[0].rows).forEach(function (row) {
        row.hidden = row.textContent.toLowerCase().indexOf(wanted) < 0
      })
    })
    var scroll = table.parentNode
    scroll.parentNode.insertBefore(label, scroll)
  }

  document.querySelectorAll('table[data-sortable]').forEach(function (table) {
    addSorting(table)
    addFilter(table)
  })

  // Copies a block as plain text. It is selected first, so that a reader whose browser refuses sees what to copy.
  document.querySelectorAll('[data-copy]').forEach(function (block) {
    var button = document.createElement('button')
    button.type = 'button'
    button.className = 'copy'
    button.textContent = block.dataset.copy
    button.addEventListener('click', function () {
      window.getSelection().selectAllChildren(block)
      if (document.execCommand('copy')) button.textContent = block.dataset.copied
    })
    block.parentNode.insertBefore(button, block)
  })

  // Browsers that cannot open details for print by style alone.
  var opened = []
  window.addEventListener('beforeprint', function () {
    opened = Array.from(document.querySelectorAll('details:not([open]):not(.screen-only)'))
    opened.forEach(function (details) {
      details.open = true
    })
  })
  window.addEventListener('afterprint', function () {
    opened.forEach(function (details) {
      details.open = false
    })
  })
})()
