"""What is made of a batch's cards for printers and people: pages, sheets, lists, packages, test cards."""
