print("sloreport")
