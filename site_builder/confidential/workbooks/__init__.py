"""The workbook of a return: a form for Excel, and the way back from it into the files of a return."""
