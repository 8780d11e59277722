pub fn test(_: &[String]) -> anyhow::Result<()> {
    Ok(())
}
