"""学龄人口预测: cohorts from births and ages to pupils by school, stage and year (issue 4)."""
